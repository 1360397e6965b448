"""What stands in the way of `make run` is told in one sentence."""

import socket

import pytest

from tools.serve import CannotServe, check_port, read_port


def test_free_port_is_accepted():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]

    answer = check_port(free)

    assert answer is None


def test_taken_port_is_refused():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]

        with pytest.raises(CannotServe) as refusal:
            check_port(port)

    assert str(refusal.value) == (
        f"Le port {port} est déjà utilisé. Choisissez-en un autre, par exemple : make run PORT={port + 1}"
    )


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_impossible_port_is_refused(port):
    expected = f"Le port {port} n'existe pas : choisissez un nombre de 1024 à 65535."

    with pytest.raises(CannotServe) as refusal:
        check_port(port)

    assert str(refusal.value) == expected


def test_port_that_is_not_a_number_is_refused():
    with pytest.raises(CannotServe) as refusal:
        read_port("abc")

    assert str(refusal.value) == "Le port « abc » n'est pas un nombre : choisissez-en un de 1024 à 65535."
