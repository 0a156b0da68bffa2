import pytest

from dateline.model import Report
from dateline.read.origin import locate_report


@pytest.mark.parametrize(
    ("outlet", "home"),
    [("Reuters", ""), ("Xinhua", "CHN"), ("Le Monde", "FRA"), ("", "")],
)
def test_an_agency_of_no_state_is_at_home_nowhere(outlet: str, home: str) -> None:
    assert locate_report(Report("r", "The king spoke.", outlet=outlet))[1] == home
