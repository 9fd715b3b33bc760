"""How a cluster is reached is checked before anything is asked, and no password is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.backends.opensearch_access import access_of
from indexer.config import Settings, load_settings
from indexer.errors import ConfigError

SECRETS = {
    "opensearch_user": "canbo",
    "opensearch_password": "mat-khau-rieng",
    "opensearch_api_key": "khoa-rieng",
}


def settings(**changed: str) -> Settings:
    return load_settings({}, **changed)


def test_several_hosts_are_named_with_commas() -> None:
    access = access_of(settings(opensearch_url="https://may1:9200, http://[::1]:9201/nhanh,"))
    assert access.hosts == ("https://may1:9200", "http://[::1]:9201/nhanh")
    assert str(access) == "https://may1:9200, http://[::1]:9201/nhanh"


def test_everything_else_is_taken_from_the_settings(tmp_path: Path) -> None:
    ca = tmp_path / "ca.pem"
    ca.touch()
    access = access_of(settings(**SECRETS, opensearch_ca=str(ca), opensearch_seconds="7"))
    assert (access.user, access.password, access.api_key) == tuple(SECRETS.values())
    assert (access.ca, access.seconds) == (str(ca), 7)


def test_what_proves_who_we_are_is_never_shown() -> None:
    access = access_of(settings(**SECRETS))
    for shown in (repr(access), str(access)):
        assert not any(secret in shown for secret in SECRETS.values())


@pytest.mark.parametrize(
    "url",
    [
        "",
        " , ",
        "may1:9200",
        "ftp://may1:9200",
        "https://",
        "https://may1:cong",
        "https://may1:99999",
        "https://may1:0",
        "https://[::1",
        "https://canbo:mat-khau-rieng@may1:9200",
        "https://:mat-khau-rieng@may1:9200",
        "https://may1:9200,https://@may2:9200",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(ConfigError, match="VANKIEN_OPENSEARCH_URL") as raised:
        access_of(settings(opensearch_url=url))
    assert "mat-khau-rieng" not in str(raised.value)
    assert "VANKIEN_OPENSEARCH_PASSWORD" in raised.value.hint


@pytest.mark.parametrize("name", ["", "Vankien", "văn-kiện", "a b", "-a", "a*", "a,b", "_all"])
def test_a_name_that_no_index_can_have_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match="VANKIEN_OPENSEARCH_INDEX"):
        access_of(settings(opensearch_index=name))


@pytest.mark.parametrize("name", ["vankien", "bo_ke-hoach2"])
def test_a_name_of_small_letters_and_digits_is_taken(name: str) -> None:
    access_of(settings(opensearch_index=name))


def test_a_key_may_end_with_a_line_end_and_holds_nothing_odd() -> None:
    assert access_of(settings(opensearch_api_key="bimat==\n")).api_key == "bimat=="
    for key in ("bí mật", "bi\nmat"):
        with pytest.raises(ConfigError, match="chép lại khóa") as told:
            access_of(settings(opensearch_api_key=key))
        assert key not in str(told.value)


def test_a_file_of_certificates_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="VANKIEN_OPENSEARCH_CA"):
        access_of(settings(opensearch_ca=str(tmp_path / "ca.pem")))
