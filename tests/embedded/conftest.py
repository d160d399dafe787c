"""The real weights and the real child, one for the tests that only ask and one for each test that breaks it."""

import pytest

from chat.providers import embedded
from chat.providers.llama import process
from chat.providers.llama.config import EmbeddedConfig
from chat.providers.session import close_session


@pytest.fixture(scope="session")
def shared_config(weights, tmp_path_factory):
    config = EmbeddedConfig(weights, tmp_path_factory.mktemp("run"))
    yield config
    assert process.end(config.run_dir)


@pytest.fixture
async def use():
    """Configures the embedded model for this test; afterwards nothing of it is left, but for the shared child."""

    def configure(config):
        embedded.configure(config)
        return config

    yield configure
    await close_session()
    embedded.configure(None)


@pytest.fixture
def shared(shared_config, use):
    """The child that tests share: they must leave it as they found it."""
    return use(shared_config)


@pytest.fixture
def own(weights, tmp_path, use):
    """Makes a configuration whose child belongs to this test alone."""
    run_dir = tmp_path / "run"
    yield lambda **options: use(EmbeddedConfig(**{"weights": weights, "run_dir": run_dir} | options))
    assert process.end(run_dir)
