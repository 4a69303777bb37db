"""The day that a report dates itself by."""

import pytest

from build_scripts.dates import event_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("8月19日，全省开发区2024年第三次“三个一批”活动举行。", "2024-08-19"),
        ("4月2日至7日，由商务部主办的系列活动举行。", "2024-04-02/2024-04-07"),
        ("4月29日至5月3日举行。", "2024-04-29/2024-05-03"),
        ("2023年12月1日，签约仪式举行。", "2023-12-01"),
        ("今年以来，项目建设加快。8月19日开工。", None),
        ("近日，会议召开。", None),
        ("", None),
    ],
)
def test_event_date(text: str, iso: str | None) -> None:
    assert event_date(text, 2024) == iso
