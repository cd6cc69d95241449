"""Addresses of signing in, users, organisations and members."""

from django.urls import path

from vandong.web.accounts import members, organisations, sessions, users

app_name = "accounts"
urlpatterns = [
    path("dang-nhap", sessions.sign_in, name="sign_in"),
    path("dang-xuat", sessions.sign_out, name="sign_out"),
    path("mat-khau", sessions.own_password, name="own_password"),
    path("quan-tri/nguoi-dung", users.users, name="users"),
    path("quan-tri/nguoi-dung/them", users.new_user, name="new_user"),
    path("quan-tri/nguoi-dung/<int:user_id>", users.user, name="user"),
    path("quan-tri/nguoi-dung/<int:user_id>/khoa", users.disable, name="disable_user"),
    path("quan-tri/nguoi-dung/<int:user_id>/mo-khoa", users.enable, name="enable_user"),
    path("quan-tri/nguoi-dung/<int:user_id>/mat-khau", users.reset, name="reset_password"),
    path("quan-tri/nguoi-dung/<int:user_id>/quyen", users.give, name="add_grant"),
    path("quan-tri/quyen/<int:grant_id>/thu-hoi", users.take_back, name="remove_grant"),
    path("quan-tri/chon-don-vi", users.unit_choices, name="unit_choices"),
    path("quan-tri/to-chuc", organisations.organisations, name="organisations"),
    path("quan-tri/to-chuc/them", organisations.new_organisation, name="new_organisation"),
    path("quan-tri/to-chuc/<int:organisation_id>", organisations.organisation, name="organisation"),
    path(
        "quan-tri/to-chuc/<int:organisation_id>/ket-thuc",
        organisations.close,
        name="close_organisation",
    ),
    path(
        "quan-tri/to-chuc/<int:organisation_id>/mo-lai",
        organisations.reopen,
        name="reopen_organisation",
    ),
    path("quan-tri/nhan-su", members.members, name="members"),
    path("quan-tri/nhan-su/them", members.new_member, name="new_member"),
    path("quan-tri/nhan-su/<int:member_id>", members.member, name="member"),
]
