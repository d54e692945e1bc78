def test_home_greets_the_person(as_, linh):
    assert "Linh Nguyen" in as_(linh).get("/").content.decode()


def test_home_sends_a_stranger_to_the_sign_in(client, db):
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")
