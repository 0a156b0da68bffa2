"""The shipped JSON Schema is that of the values, and holds for what is written."""

import json
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dateline.export.jsonl import jsonl_records
from dateline.export.schema import export_schema
from dateline.model.record import claim_record
from dateline.testing import TEXT, sample
from tests.export.told import given

SHIPPED = json.loads((files("dateline.export") / "schema.json").read_text(encoding="utf-8"))


def check(name: str) -> Draft202012Validator:
    whole = {**SHIPPED, "anyOf": [{"$ref": f"#/$defs/{name}"}]}
    Draft202012Validator.check_schema(whole)
    return Draft202012Validator(whole)


def test_the_shipped_schema_is_that_of_the_values() -> None:
    assert export_schema() == SHIPPED


@pytest.mark.parametrize("of", ["claims", "events", "reports"])
def test_what_is_written_is_valid(of: Any) -> None:
    found = list(jsonl_records(given(of)))
    assert len(found) > 2
    for told in found:
        check(of[:-1]).validate(told)


def test_a_claim_of_the_program_is_valid_and_has_no_more_fields() -> None:
    told = claim_record(sample(), TEXT)
    check("claim").validate(told)
    assert set(told) <= set(SHIPPED["$defs"]["claim"]["properties"])
    for part, name in (("actors", "party"), ("said_by", "speaker")):
        assert set(told[part][0]) <= set(SHIPPED["$defs"][name]["properties"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "finished"),
        ("confidence", 2),
        ("actors", None),
        ("score", "high"),
        ("mode", "visit"),
        ("when", {"from": 3}),
    ],
)
def test_a_wrong_value_is_not_valid(field: str, value: Any) -> None:
    told = {**claim_record(sample(), TEXT), field: value}
    assert not check("claim").is_valid(told)
    del told[field]
    assert not check("claim").is_valid(told)
