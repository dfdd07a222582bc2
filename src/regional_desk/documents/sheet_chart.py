"""A paper's chart as a chart of the workbook, its numbers on a sheet of their own."""

from __future__ import annotations

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.worksheet.worksheet import Worksheet

from regional_desk.documents.paper import Bars, one_line

_POINTS_PER_CM = 72 / 2.54
_DATA = "차트자료"
_COLORS = ("C9D1DA", "1D5FBF")


def add_chart(sheet: Worksheet, chart: Bars, row: int, width: float, height: float) -> None:
    """Place the chart on `row`, `width` by `height` points."""
    book = sheet.parent
    data = book[_DATA] if _DATA in book.sheetnames else book.create_sheet(_DATA)
    data.sheet_state = "hidden"
    top = data.max_row + 2 if data.max_row > 1 else 1
    for offset, line in enumerate((("구분", *chart.names), *chart.bars)):
        for column, value in enumerate(line, start=1):
            cell = data.cell(top + offset, column, one_line(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
    last = top + len(chart.bars)
    bars = BarChart()
    bars.type = "bar"
    bars.style = 10
    bars.add_data(Reference(data, min_col=2, max_col=3, min_row=top, max_row=last), titles_from_data=True)
    bars.set_categories(Reference(data, min_col=1, min_row=top + 1, max_row=last))
    for series, color in zip(bars.series, _COLORS, strict=True):
        series.graphicalProperties.solidFill = color
        series.graphicalProperties.line.solidFill = color
    bars.dataLabels = DataLabelList()
    bars.dataLabels.showVal = True
    bars.dataLabels.showSerName = bars.dataLabels.showCatName = False
    bars.dataLabels.showLegendKey = bars.dataLabels.showPercent = False
    bars.gapWidth = 40
    bars.x_axis.scaling.orientation = "maxMin"
    bars.x_axis.delete, bars.y_axis.delete = False, True
    bars.y_axis.majorGridlines = None
    bars.legend.position = "r"
    bars.width, bars.height = width / _POINTS_PER_CM, height / _POINTS_PER_CM
    sheet.add_chart(bars, f"A{row}")
