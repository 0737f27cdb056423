#include "platform/http/auth.hpp"

#include "tests/unit/platform/http/api_fixture.hpp"

using namespace anju;
using namespace anju::platform;

TEST_CASE("login: the cookie is HttpOnly and strict, new at every login, and Secure when asked for") {
  ApiFixture fixture;
  const Session first = fixture.log_in("admin");
  const Session second = fixture.log_in("admin");
  CHECK(first.token != second.token);
  CHECK(first.csrf != second.csrf);
  fixture.rules.secure_cookie = true;
  fixture.make_api();
  const Response response = fixture.try_login("admin", ApiFixture::kPassword);
  std::string cookie;
  for (const auto& [name, value] : response.headers)
    if (name == "Set-Cookie") cookie = value;
  for (const char* attribute : {"; HttpOnly", "; SameSite=Strict", "; Path=/", "; Secure"})
    CHECK(cookie.find(attribute) != std::string::npos);
}

TEST_CASE("login: an unknown name and a wrong password answer alike") {
  ApiFixture fixture;
  const Response unknown = fixture.try_login("ghost", "whatever");
  const Response wrong = fixture.try_login("admin", "whatever", "192.0.2.2");
  CHECK(unknown.status == 401);
  CHECK(unknown.body == wrong.body);
  CHECK(fixture.site.count("SELECT count(*) FROM audit WHERE action = 'log_in' AND result = 'wrong_credentials'") == 2);
}

TEST_CASE("login: an account waits twice as long after every further wrong password") {
  ApiFixture fixture;
  fixture.rules.account = {.free_tries = 3, .first_wait = base::seconds(2), .longest_wait = base::minutes(1)};
  fixture.make_api();
  int address = 0;
  const auto attempt = [&](const char* password) {
    return fixture.try_login("admin", password, "192.0.2." + std::to_string(++address));
  };
  CHECK(attempt("no").status == 401);
  CHECK(attempt("no").status == 401);
  CHECK(attempt("no").status == 401);
  for (const std::int64_t wait_s : {2, 4, 8, 16, 32, 60, 60}) {
    const Response locked = attempt(ApiFixture::kPassword);  // even the right one waits
    CHECK(locked.status == 423);
    CHECK(ApiFixture::json(locked).at("retry_after_s").as_int64() == wait_s);
    fixture.now = fixture.now + base::seconds(wait_s);
    CHECK(attempt("no").status == 401);
  }
  fixture.now = fixture.now + base::minutes(1);
  CHECK(attempt(ApiFixture::kPassword).status == 200);
  CHECK(attempt("no").status == 401);  // forgotten: free tries again
  CHECK(attempt(ApiFixture::kPassword).status == 200);
}

TEST_CASE("login: an address waits however many names it tries, and others do not") {
  ApiFixture fixture;
  int locked = 0;
  for (int i = 0; i < 1000; ++i)
    if (fixture.try_login("name" + std::to_string(i), "no", "198.51.100.7").status == 423) ++locked;
  CHECK(locked == 980);
  CHECK(fixture.try_login("admin", ApiFixture::kPassword, "198.51.100.8").status == 200);
}

TEST_CASE("login: 1000 right passwords from one address never lock it") {
  ApiFixture fixture;
  for (int i = 0; i < 100; ++i) REQUIRE(fixture.try_login("admin", ApiFixture::kPassword).status == 200);
}

TEST_CASE("login: when too many hashes wait the answer is busy and the try does not count") {
  ApiFixture fixture;
  fixture.passwords_full = true;
  for (int i = 0; i < 50; ++i) REQUIRE(fixture.try_login("admin", ApiFixture::kPassword).status == 503);
  fixture.passwords_full = false;
  CHECK(fixture.try_login("admin", ApiFixture::kPassword).status == 200);
}

TEST_CASE("lockout: a flood of names cannot grow the table beyond its limit") {
  Lockout lockout({.most_entries = 100});
  for (int i = 0; i < 1000; ++i) lockout.note_try(std::to_string(i), base::UtcMillis(1000 + i));
  CHECK(lockout.size() == 100);
}

TEST_CASE("session: ends after idling, and at its absolute limit however busy it was") {
  ApiFixture fixture;
  fixture.rules.idle = base::minutes(30);
  fixture.rules.absolute = base::hours(2);
  fixture.make_api();
  const auto status = [&](const Session& session) { return fixture.call(Method::get, "/session", "", session).status; };

  const Session idle = fixture.log_in("admin");
  fixture.now = fixture.now + base::minutes(29);
  CHECK(status(idle) == 200);
  fixture.now = fixture.now + base::minutes(29);
  CHECK(status(idle) == 200);
  fixture.now = fixture.now + base::minutes(30);
  CHECK(status(idle) == 401);

  const Session busy = fixture.log_in("admin");
  for (int i = 0; i < 6; ++i) {
    CHECK(status(busy) == 200);
    fixture.now = fixture.now + base::minutes(20);
  }
  CHECK(status(busy) == 401);
}

TEST_CASE("session: survives a restart of the platform, and a logout does not") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  fixture.make_api();
  CHECK(fixture.call(Method::get, "/session", "", session).status == 200);
  CHECK(fixture.call(Method::del, "/session", "", session).status == 204);
  CHECK(fixture.call(Method::get, "/session", "", session).status == 401);
  fixture.make_api();
  CHECK(fixture.call(Method::get, "/session", "", session).status == 401);
}

TEST_CASE("session: the store keeps no token, only its hash") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  CHECK(fixture.site.count("SELECT count(*) FROM session WHERE token_hash = '" + session.token + "'") == 0);
  CHECK(fixture.site.count("SELECT count(*) FROM session WHERE token_hash = '" + token_hash(session.token) + "'") == 1);
}

TEST_CASE("csrf: every unsafe request needs the session's token, and changes nothing without") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  const Session other = fixture.log_in("admin");
  const auto before = fixture.site.count("SELECT count(*) FROM recharge");
  for (const std::string& csrf : {std::string(), std::string("guess"), other.csrf})
    CHECK(fixture
              .call(Method::post, "/meters/1/recharges", R"({"id":"k1","amount":"1","method":"cash"})",
                    {session.token, csrf})
              .code == "bad_csrf");
  CHECK(fixture.site.count("SELECT count(*) FROM recharge") == before);
  for (const Route& route : routes())
    if (is_unsafe(route.method) && is_of_the_staff(route) && route.path.find('{') == std::string_view::npos)
      CHECK(fixture.call(route.method, std::string(route.path), "{}", {session.token, ""}).code == "bad_csrf");
}

TEST_CASE("password: with the drawn one only session and password answer; changing it ends other sessions") {
  ApiFixture fixture;
  const Session session = fixture.log_in("fresh");
  const Session elsewhere = fixture.log_in("fresh");
  CHECK(fixture.call(Method::get, "/session", "", session).status == 200);
  for (const Route& route : routes()) {
    if (!is_of_the_staff(route) || route.permission == "self") continue;
    CHECK(fixture.call(route.method, std::string(route.path), "{}", session).code == "password_change_required");
  }
  const auto change = [&](const char* from, const char* to) {
    return fixture.call(Method::put, "/session/password",
                        std::string(R"({"old_password":")") + from + R"(","new_password":")" + to + "\"}", session);
  };
  CHECK(ApiFixture::json(change("wrong one", "a long enough one")).at("field").as_string() == "old_password");
  CHECK(ApiFixture::json(change(ApiFixture::kPassword, "too short")).at("field").as_string() == "new_password");
  CHECK(ApiFixture::json(change(ApiFixture::kPassword, ApiFixture::kPassword)).at("field").as_string() ==
        "new_password");
  CHECK(change(ApiFixture::kPassword, "a long enough one").status == 204);
  CHECK(fixture.call(Method::get, "/home", "", session).status == 200);
  CHECK(fixture.call(Method::get, "/session", "", elsewhere).status == 401);
  CHECK(fixture.try_login("fresh", ApiFixture::kPassword).status == 401);
  CHECK(change("a long enough one", "another long one").status == 204);
}

TEST_CASE("password: whoever was logged in elsewhere is so no longer, although storing the new password failed") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  static_cast<void>(fixture.log_in("admin"));
  fixture.users->password_fails = true;
  CHECK(fixture.call(Method::put, "/session/password",
                     std::string(R"({"old_password":")") + ApiFixture::kPassword + R"(","new_password":"a long enough one"})", session)
            .status == 503);
  CHECK(fixture.site.count("SELECT count(*) FROM session") == 1);
}

TEST_CASE("password: the default cost is the one that was chosen, and a raised cost is applied at the next login") {
  const std::string hash = hash_password("x", PasswordCost{});
  CHECK(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  CHECK(password_fits("x", hash));
  CHECK_FALSE(password_fits("y", hash));

  ApiFixture fixture;
  fixture.rules.password_cost = {2, 16'384};
  fixture.make_api();
  const Session session = fixture.log_in("admin");
  CHECK(fixture.site.count(
            "SELECT count(*) FROM \"user\" WHERE login = 'admin' AND password_hash LIKE '$argon2id$v=19$m=16,t=2,p=1$%'") ==
        1);
  CHECK(fixture.call(Method::get, "/home", "", session).status == 200);
}

TEST_CASE("secrets: what is drawn differs every time") {
  std::set<std::string> drawn;
  for (int i = 0; i < 100; ++i) {
    drawn.insert(draw_token());
    drawn.insert(draw_password());
    drawn.insert(draw_gateway_key());
  }
  CHECK(drawn.size() == 300);
  CHECK(draw_gateway_key().size() == 64);
}

TEST_CASE("audit: while rows cannot be written nothing is changed, and it heals by itself") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  const auto recharge = [&](const char* key, const char* amount = "1") {
    return fixture.call(Method::post, "/meters/1/recharges",
                        std::string(R"({"id":")") + key + R"(","amount":")" + amount + R"(","method":"cash"})", session);
  };
  fixture.users->audit_fails = true;
  CHECK(recharge("a1", "-1").status == 400);  // the first refusal finds out
  CHECK(recharge("a2").code == "audit_unavailable");
  CHECK(fixture.call(Method::get, "/home", "", session).status == 200);
  CHECK(fixture.site.count("SELECT count(*) FROM recharge WHERE key = 'a2'") == 0);
  fixture.users->audit_fails = false;
  CHECK(recharge("a2").code == "audit_unavailable");  // its row is the proof that rows can be written again
  CHECK(recharge("a2").status == 201);
}

TEST_CASE("audit: whatever is answered afterwards, an order that was carried out has its row") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  fixture.reads_full = true;  // so the answer fails, after the effect
  const Response response = fixture.call(
      Method::put, "/meters/1/settings",
      R"({"name":"x","mode":"reading","alarm_1":"20","alarm_2":"10","overdraft":"3","auto_trip":false})", session);
  CHECK(response.status == 503);
  CHECK(fixture.site.count("SELECT count(*) FROM meter WHERE id = 1 AND mode = 'reading'") == 1);
  CHECK(fixture.site.count("SELECT count(*) FROM audit WHERE action = 'change_meter_settings' AND result = 'ok' AND who = 'admin'"
                           " AND object = 'meter 1' AND address = '192.0.2.1' AND organisation = 1"
                           " AND detail LIKE '%mode=reading; alarm_1=20%; alarm_2=10%; overdraft=3%; auto_trip=off'") == 1);
}

TEST_CASE("audit: an order has one row, refused or carried out") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  const auto rows = [&] { return fixture.site.count("SELECT count(*) FROM audit"); };
  const auto before = rows();
  const char* body = R"({"id":"once","amount":"1","method":"cash"})";
  CHECK(fixture.call(Method::post, "/meters/1/recharges", body, session).status == 201);
  CHECK(rows() == before + 1);
  CHECK(fixture.call(Method::post, "/meters/2/recharges", body, session).code == "key_reused");
  CHECK(rows() == before + 2);
  CHECK(fixture.site.count("SELECT count(*) FROM audit WHERE result = 'key_reused'") == 1);
  const auto checked = fixture.users->check_audit();
  REQUIRE(checked);
  CHECK_FALSE(checked->broken_at);  // two connections write one chain
}
