"""`vandong users …`: accounts and their rights, on the command line of the machine itself."""

from typing import Annotated, Any

import typer
from django.conf import settings
from django.utils import timezone

from vandong.accounts.models import Organisation, Role, User
from vandong.accounts.queries.scope import Actor
from vandong.accounts.queries.users import grants_of, user_rows
from vandong.administration.demo_people import create_demo_users
from vandong.administration.grants import add_grant, create_user_with_grant, remove_grant
from vandong.administration.passwords import one_time_password, reset_password
from vandong.administration.users import create_user, disable_user, enable_user, username_key
from vandong.console.output import AsJson, print_json
from vandong.console.problems import Problem
from vandong.console.wording import language
from vandong.kernel.days import parse_day
from vandong.kernel.names import fold
from vandong.phrases import sentence
from vandong.places.models import Unit
from vandong.places.queries import find_unit

users = typer.Typer(help="Tài khoản và quyền. / Accounts and their rights.", no_args_is_help=True)

Username = Annotated[str, typer.Argument(help="Tên đăng nhập. / User name.")]
FullName = Annotated[
    str,
    typer.Option(
        "--name", help="Họ và tên, mặc định tên đăng nhập. / Full name, default user name."
    ),
]
RoleName = Annotated[
    Role | None,
    typer.Option(
        "--role", help="Vai trò; để trống thì chưa có quyền. / Role; empty: no right yet."
    ),
]
UnitText = Annotated[
    str,
    typer.Option(
        "--unit", help="Mã hoặc tên đơn vị; trống: không giới hạn. / Unit; empty: everywhere."
    ),
]
OfficeName = Annotated[
    str,
    typer.Option(
        "--organisation", help="Tên tổ chức; trống: không giới hạn. / Organisation by name."
    ),
]
AskPassword = Annotated[
    bool,
    typer.Option(
        "--ask-password",
        help="Tự gõ mật khẩu thay vì sinh mật khẩu một lần. / Type a password instead of a one-time one.",
    ),
]
EndsOn = Annotated[
    str, typer.Option("--until", help="Hết hiệu lực từ ngày. / The first day it no longer holds.")
]


def register(app: typer.Typer) -> None:
    """Adds `users` to the command line."""
    app.add_typer(users, name="users")


@users.command()
def create(  # noqa: PLR0917 options of a command
    username: Username,
    name: FullName = "",
    role: RoleName = None,
    unit: UnitText = "",
    organisation: OfficeName = "",
    ask_password: AskPassword = False,
    as_json: AsJson = False,
) -> None:
    """Tạo tài khoản; mật khẩu phải đổi ở lần đầu. / Create an account; its password must be changed."""
    typed = _typed_password() if ask_password else ""
    password = typed or one_time_password()
    actor, at = _actor("create"), timezone.now()
    if role is None:
        made = create_user(
            actor=actor, username=username, full_name=name or username, password=password, at=at
        )
    else:
        made = create_user_with_grant(
            actor=actor,
            username=username,
            full_name=name or username,
            password=password,
            role=role,
            organisation=_organisation(organisation),
            unit=_unit(unit),
            at=at,
        )
    _tell_password(made, "" if typed else password, as_json)


@users.command("list")
def list_users(as_json: AsJson = False) -> None:
    """Liệt kê tài khoản. / List the accounts."""
    rows = [_row(user) for user in user_rows(_actor("list"))]
    if as_json:
        print_json({"users": rows})
        return
    for row in rows:
        state = _say("active" if row["active"] else "disabled")
        grants = "; ".join(str(grant["text"]) for grant in row["grants"])
        typer.echo(f"{row['username']}\t{row['name']}\t{state}\t{grants or '–'}")


@users.command()
def disable(username: Username) -> None:
    """Khóa tài khoản, giữ nguyên quyền. / Disable an account; its rights are kept."""
    user = _user(username)
    disable_user(actor=_actor("disable"), user_id=user.pk, version=user.version, at=timezone.now())
    typer.echo(_say("was_disabled", username=user.username))


@users.command()
def enable(username: Username) -> None:
    """Mở khóa tài khoản. / Enable an account again."""
    user = _user(username)
    enable_user(actor=_actor("enable"), user_id=user.pk, version=user.version, at=timezone.now())
    typer.echo(_say("was_enabled", username=user.username))


@users.command("reset-password")
def reset(username: Username, as_json: AsJson = False) -> None:
    """Cấp mật khẩu một lần mới. / Give a new one-time password."""
    user = _user(username)
    password = reset_password(actor=_actor("reset-password"), user_id=user.pk, at=timezone.now())
    _tell_password(user, password, as_json)


@users.command()
def grant(
    username: Username,
    role: Annotated[Role, typer.Option("--role", help="Vai trò. / Role.")],
    unit: UnitText = "",
    organisation: OfficeName = "",
    until: EndsOn = "",
) -> None:
    """Cấp quyền; cấp lại cùng quyền không đổi gì. / Grant a role; the same again changes nothing."""
    user = _user(username)
    add_grant(
        actor=_actor("grant"),
        user_id=user.pk,
        role=role,
        organisation=_organisation(organisation),
        unit=_unit(unit),
        valid_until=parse_day(until) if until else None,
        at=timezone.now(),
    )
    typer.echo(_say("was_granted", username=user.username, role=role.label))


@users.command()
def revoke(
    username: Username,
    role: Annotated[Role, typer.Option("--role", help="Vai trò. / Role.")],
    unit: UnitText = "",
    organisation: OfficeName = "",
) -> None:
    """Thu hồi đúng quyền đã cấp. / Take back exactly the grant that was given."""
    user = _user(username)
    found = grants_of(user).filter(
        role=role, unit=_unit(unit), organisation=_organisation(organisation)
    )
    given = found.first()
    if given is None:
        raise Problem.of("users_no_such_grant", username=user.username, role=role.label)
    remove_grant(actor=_actor("revoke"), grant_id=given.pk, at=timezone.now())
    typer.echo(_say("was_revoked", username=user.username, role=role.label))


@users.command()
def demo(as_json: AsJson = False) -> None:
    """Tạo các tài khoản của bản dùng thử. / Create the accounts of the demo."""
    if not settings.DEMO:
        raise Problem.of("users_not_a_demo")
    made = create_demo_users(actor=_actor("demo"), at=timezone.now(), is_demo=settings.DEMO)
    if as_json:
        print_json({"users": made})
        return
    for account in made:
        typer.echo(f"{account.username}\t{account.password}\t{Role(account.role).label}")


def _typed_password() -> str:
    return str(typer.prompt(_say("ask_password"), hide_input=True, confirmation_prompt=True))


def _actor(command: str) -> Actor:
    return Actor.system(f"vandong users {command}")


def _say(code: str, **values: object) -> str:
    return sentence(f"users_{code}", values, language())


def _user(username: str) -> User:
    found = user_rows(_actor("find")).filter(username=username_key(username)).first()
    if found is None:
        raise Problem.of("username_unknown_here", username=username)
    return found


def _unit(text: str) -> Unit | None:
    return find_unit(text, timezone.localdate()) if text else None


def _organisation(name: str) -> Organisation | None:
    if not name:
        return None
    found = list(Organisation.objects.filter(name_fold=fold(name))[:2])
    if len(found) != 1:
        raise Problem.of("users_organisation_unclear", name=name)
    return found[0]


def _row(user: User) -> dict[str, Any]:
    grants = [
        {
            "role": given.role,
            "organisation": str(given.organisation) if given.organisation else None,
            "unit": str(given.unit) if given.unit else None,
            "until": given.valid_until,
            "text": " · ".join(
                str(part)
                for part in (given.get_role_display(), given.organisation, given.unit)
                if part
            ),
        }
        for given in user.grants.all()
    ]
    return {
        "username": user.username,
        "name": user.full_name,
        "active": user.is_active,
        "must_change_password": user.must_change_password,
        "grants": grants,
    }


def _tell_password(user: User, password: str, as_json: bool) -> None:
    """`password` empty: it was typed, and is not shown again."""
    if as_json:
        print_json({"username": user.username, "one_time_password": password or None})
    elif password:
        typer.echo(_say("one_time_password", username=user.username, password=password))
    else:
        typer.echo(_say("was_created", username=user.username))
