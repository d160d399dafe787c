"""Finding provider classes, and what the package may import."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from chat import providers
from chat.providers import registry
from chat.providers.aichatonline import AiChatOnline
from chat.providers.base import AsyncGeneratorProvider, ProviderModelMixin
from chat.providers.errors import MisconfiguredError, ModelNotSupportedError
from chat.providers.openai_compatible import OpenAICompatible
from tests.providers.asking import scripted
from tests.providers.foreign_example import Foreign
from tests.upstream import Upstream

FOLDER = Path(providers.__file__).parent


def test_kinds_and_dotted_paths_are_found() -> None:
    assert registry.provider_class("aichatonline") is AiChatOnline
    assert registry.provider_class("openai_compatible") is OpenAICompatible
    assert registry.provider_class("tests.providers.foreign_example.Foreign") is Foreign


@pytest.mark.parametrize(
    "path",
    ["", "nothing", "no.such.module.Class", "tests.providers.foreign_example.Missing", "os.path.join", "..x", "a..b",
     "tests.providers.foreign_example.NoProvider"],
)  # fmt: skip
def test_what_is_no_provider_is_said_clearly(path: str) -> None:
    with pytest.raises(MisconfiguredError) as raised:
        registry.provider_class(path)
    assert f"“{path}”" in raised.value.message


async def test_complete_joins_the_content(upstream: Upstream) -> None:
    text = await registry.complete(
        OpenAICompatible, "m", scripted(reasoning="hidden", text="shown"), base_url=upstream.base_url
    )
    assert text == "shown"


class Listed(AsyncGeneratorProvider, ProviderModelMixin):
    default_model = "big"
    models = ["big", "small"]
    model_aliases = {"tiny": "small"}


def test_models_are_resolved_as_the_contract_says() -> None:
    assert Listed.get_models() == ["big", "small"]
    assert [Listed.get_model(name) for name in ("", None, "tiny", "small")] == ["big", "big", "small", "small"]
    with pytest.raises(ModelNotSupportedError):
        Listed.get_model("other")
    assert OpenAICompatible.get_model("anything") == "anything"
    assert OpenAICompatible.get_models() == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.stem)
def test_the_package_imports_nothing_of_ours_but_itself_and_no_django(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        for module in modules:
            top = module.partition(".")[0]
            assert top not in ("django", "channels", "chatsite")
            assert top != "chat" or module.startswith("chat.providers")


def test_loading_our_providers_loads_no_django() -> None:
    program = "\n".join([
        "import sys",
        "from chat.providers.registry import provider_class",
        "provider_class('aichatonline'), provider_class('openai_compatible')",
        "print(any(name.partition('.')[0] == 'django' for name in sys.modules))",
    ])  # fmt: skip
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
