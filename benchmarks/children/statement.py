"""Write the 600-row statement into a folder as xlsx, or with `pdf` as PDF only."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

from regional_desk.documents.allowance_statement import AllowanceStatement, StatementRow, to_paper
from regional_desk.documents.paper import Stamp

folder, only = Path(sys.argv[1]), sys.argv[2:]
rows = tuple(
    StatementRow(
        at + 1, f"홍길{chr(0xAC00 + at % 200)}", "1999. 3. 5.", 22, 20, Decimal("90.9"), 380_000 + at * 10,
        "카카오뱅크", "****3444", "홍길동", "",
    )
    for at in range(600)
)  # fmt: skip
values = AllowanceStatement(
    "큰 과정", "Track1", 1, dt.date(2026, 8, 3), dt.date(2026, 9, 1), "확정", "2026 스마트제조 훈련수당", "근거", "공문-1",
    rows, 0, ("담당", "팀장", "단장"),
)  # fmt: skip
stamp = Stamp(
    "측정", "측정", dt.datetime(2026, 9, 1, 9, tzinfo=dt.timezone(dt.timedelta(hours=9))), "GN-2609-ABCDEF"
)
if only:
    from regional_desk.documents.pdf import write_pdf

    write_pdf(to_paper(values, stamp), folder / "ours.pdf")
else:
    from regional_desk.documents.xlsx import write_xlsx

    write_xlsx(to_paper(values, stamp), folder / "statement.xlsx")
print(0)
