"""Bylines as the paper prints them."""

import pytest

from build_scripts.bylines import read_byline


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("翁剑", [("翁剑", "署名")]),
        ("记者王波 通讯员范彦荣", [("王波", "记者"), ("范彦荣", "通讯员")]),
        ("吴珊珊 刘梦琪", [("吴珊珊", "署名"), ("刘梦琪", "署名")]),
        ("供稿：晋中市商务局", [("晋中市商务局", "供稿")]),
        ("供稿：供稿：晋中市商务局", [("晋中市商务局", "供稿")]),
        ("■ 吴珊珊", [("吴珊珊", "署名")]),
        ("刘亮亮摄", [("刘亮亮", "摄")]),
        ("本报记者 张三 李四", [("张三", "本报记者"), ("李四", "本报记者")]),
        ("（记者 王 波）", [("王波", "记者")]),
        ("翁 剑 王 媛", [("翁剑", "署名"), ("王媛", "署名")]),
        ("记者张三、李四 通讯员王五", [("张三", "记者"), ("李四", "记者"), ("王五", "通讯员")]),
        ("文志远", [("文志远", "署名")]),
        ("图志明", [("图志明", "署名")]),
        ("", []),
    ],
)
def test_byline(printed: str, names: list[tuple[str, str]]) -> None:
    assert [(author.name, author.role) for author in read_byline(printed)] == names
