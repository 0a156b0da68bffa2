"""The glossary has every class that two rooms use, in a sentence."""

from pathlib import Path
from runpy import run_path

ROOT = Path(__file__).parents[1]
shared_classes = run_path(str(ROOT / "tools/glossary.py"))["shared_classes"]
HOUSE = {
    "__init__.py": "from house.one import Box",
    "one/__init__.py": "from house.one.boxes import Box",
    "one/boxes.py": """
class Box:
    '''Holds a thing. It has a lid.'''

class Lid:
    '''Shuts a box: well.'''

class Hinge:
    '''Known here alone.'''
""",
    "one/shop.py": "from house.one.boxes import Box, Hinge",
    "two/lids.py": "class Lid:\n    '''Of a pot.'''",
    "two/shop.py": """
from house.one import boxes
from house.two.lids import Lid

def shut(lid: boxes.Lid) -> Lid:
    from house.one import Box
""",
    "three.py": "from house.two.shop import Lid as PotLid",
}


def test_a_class_is_found_however_another_room_asks_for_it(tmp_path: Path) -> None:
    for name, text in HOUSE.items():
        path = tmp_path / "house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert shared_classes(tmp_path / "house") == [
        ("Box", "one.boxes", "Holds a thing"),
        ("Lid", "one.boxes", "Shuts a box: well"),
        ("Lid", "two.lids", "Of a pot"),
    ]


def test_every_class_that_two_rooms_use_stands_in_the_glossary() -> None:
    page = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    found = shared_classes(ROOT / "src/dateline")
    assert len(found) > 100 and all(words for _, _, words in found)
    rows = {f"| {name} | `{module}` |" for name, module, _ in found}
    told = {" | ".join(line.split(" | ")[:2]) + " |" for line in page}
    assert rows - told == set(), "run `make docs`"
