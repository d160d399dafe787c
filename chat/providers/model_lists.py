"""Reads the lists of models that services give out, in the dialects they give them out in."""

from typing import Any

from chat.providers.base import ModelInfo
from chat.providers.errors import BadResponseError
from chat.providers.streams import clean_text

MOST_MODELS = 10_000

# What is served comes before what the model was trained for: vLLM, LM Studio, OpenRouter and Together, Mistral, Groq.
_CONTEXT_FIELDS = ("max_model_len", "loaded_context_length", "context_length", "max_context_length", "context_window")
_META_FIELDS = ("n_ctx", "n_ctx_train")  # llama.cpp

# Ollama, llama.cpp and LM Studio list words, Mistral a mapping to true and false; OpenRouter has two lists of words.
_WORDS = {
    "reasoning": "reasoning", "thinking": "reasoning",
    "vision": "vision", "image": "vision", "multimodal": "vision",
    "tools": "tools", "tool_use": "tools", "function_calling": "tools",
    "audio": "audio",
}  # fmt: skip


def read_model_list(document: Any) -> list[ModelInfo]:
    """The models in `{"data": [...]}` (OpenAI and most), `{"models": [...]}` (Ollama, llama.cpp) or a bare list."""
    entries = document
    if isinstance(document, dict):
        entries = document.get("data") if document.get("data") is not None else document.get("models")
    if not isinstance(entries, list):
        raise BadResponseError("The service's list of models cannot be read. Check the connection's base URL.")
    found: dict[str, ModelInfo] = {}
    for entry in entries[:MOST_MODELS]:
        name = _name(entry)
        if name and name not in found:
            found[name] = ModelInfo(name, _context_size(entry), _capabilities(entry))
    return list(found.values())


def _name(entry: Any) -> str:
    if isinstance(entry, str):
        return clean_text(entry)
    if not isinstance(entry, dict):
        return ""
    name = next((value for key in ("id", "model", "name") if isinstance(value := entry.get(key), str) and value), "")
    return clean_text(name)


def _context_size(entry: Any) -> int | None:
    if not isinstance(entry, dict):
        return None
    meta = entry.get("meta")
    candidates = [meta.get(key) for key in _META_FIELDS] if isinstance(meta, dict) else []
    candidates += [entry.get(key) for key in _CONTEXT_FIELDS]
    return next(
        (value for value in candidates if isinstance(value, int) and not isinstance(value, bool) and value > 0), None
    )


def _capabilities(entry: Any) -> tuple[str, ...]:
    """What a service says that a model can do, in our words; only what is known to mean something."""
    if not isinstance(entry, dict):
        return ()
    architecture = entry.get("architecture")
    modalities = architecture.get("input_modalities") if isinstance(architecture, dict) else None
    said: list[Any] = []
    for words in (entry.get("capabilities"), modalities, entry.get("supported_parameters")):
        if isinstance(words, dict):
            said += [word for word, is_so in words.items() if is_so is True]
        elif isinstance(words, list):
            said += words
    return tuple(sorted({_WORDS[word] for word in said if isinstance(word, str) and word in _WORDS}))
