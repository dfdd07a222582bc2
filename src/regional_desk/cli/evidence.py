"""`attendance evidence`: the papers behind a day, attached and taken away; its commands join those of `attendance`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from regional_desk.cli.attendance import group
from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date, known_id

_Reason = Annotated[str, typer.Option(help="빼는 까닭")]


@group.command("evidence")
def list_evidence(context: typer.Context, course: str, date: str, person: str) -> None:
    """하루의 증빙."""
    from regional_desk.services.attendance import evidence

    call: Call = context.obj
    _, trainee = _found(call, course, person)
    papers = evidence.list_papers(call.open(), trainee, iso_date(date))
    listed = [{"evidence": str(one.id), "name": one.name, "size": one.size} for one in papers]
    call.emit({"evidence": listed}, [f"{one.id} {one.name}" for one in papers] or ["증빙이 없습니다."])


@group.command("evidence-add")
def add_evidence(context: typer.Context, course: str, date: str, person: str, file: Path) -> None:
    """하루에 증빙을 붙인다."""
    from regional_desk.services.attendance import evidence
    from regional_desk.services.recruitment.applicant_documents import read_file

    call: Call = context.obj
    course_id, trainee = _found(call, course, person)
    made = evidence.attach(call.open(), course_id, trainee, iso_date(date), read_file(file))
    call.emit({"evidence": str(made)}, ["증빙을 붙였습니다."])


@group.command("evidence-remove")
def remove_evidence(context: typer.Context, evidence: str, reason: _Reason) -> None:
    """잘못 붙인 증빙을 뺀다."""
    from regional_desk.services.attendance import evidence as papers

    call: Call = context.obj
    paper = known_id(evidence)
    papers.remove(call.open(), paper, reason)
    call.emit({"removed": str(paper)}, ["증빙을 뺐습니다."])


def _found(call: Call, course: str, person: str) -> tuple[UUID, UUID]:
    from regional_desk.services.recruitment import people
    from regional_desk.services.training import courses

    desk = call.open()
    return courses.find_course(desk, course), people.find_person(desk, person)
