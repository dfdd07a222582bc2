"""복구 키: the printed sheet that opens the store when every password is forgotten."""

from __future__ import annotations

from dataclasses import dataclass

from regional_desk.documents.paper import END, Align, Block, Field, Info, Paper, Paragraph, Stamp

_RULES = (
    "이 키는 모든 비밀번호를 잊었을 때 사무소 자료를 여는 마지막 수단입니다. 이 키를 가진 사람은 자료를 모두 볼 수 있습니다.",
    "봉투에 넣어 봉인하고, 자료가 있는 PC와 다른 곳(금고)에 보관하십시오.",
    "사진을 찍거나 파일로 저장하거나 전자우편으로 보내지 마십시오.",
    "쓴 뒤에는 [관리 → 열쇠·잠금]에서 새 키를 만들고 이 종이를 파기하십시오.",
    "숫자 0과 1만 쓰며 영문 O, I, L, U는 쓰지 않습니다. 마지막 네 글자는 잘못 적은 곳을 찾는 검증용입니다.",
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The office and its key in groups of four."""

    office: str
    store_id: str
    recovery_key: str


def to_paper(values: RecoverySheet, stamp: Stamp) -> Paper:
    """The sheet as a portrait paper."""
    groups = values.recovery_key.split("-")
    half = (len(groups) + 1) // 2
    key = "\n".join("  ".join(part) for part in (groups[:half], groups[half:]) if part)
    blocks: list[Block] = [
        Info(((Field("사업단", values.office),), (Field("자료 번호", values.store_id),))),
        Paragraph(key, size=27, bold=True, align=Align.CENTER, before=8, boxed=True),
        Paragraph("보관과 사용", size=12, bold=True, before=10, keep=True),
    ]
    blocks.extend(
        Paragraph(f"{number}. {rule}", size=10.5, before=2.5) for number, rule in enumerate(_RULES, start=1)
    )
    blocks.append(
        Info(
            (
                (Field("받은 날", ""), Field("보관 장소", "")),
                (Field("보관 책임자", "(서명)".rjust(34)), Field("확인자", "(서명)".rjust(34))),
            ),
            row_height=11,
            before=9,
        )
    )
    return Paper(title="복 구 키", stamp=stamp, blocks=tuple(blocks), running="복구 키", closing=END)
