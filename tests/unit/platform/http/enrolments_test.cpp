// A box that becomes a gateway: what a code gives, how often, and what those hear who guess.

#include <set>

#include "protocols/wire/enrolment.hpp"
#include "tests/unit/platform/http/api_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

const std::string kNonce(32, 'b');

struct Yard : ApiFixture {
  Session admin = log_in("admin");
  Yard() { keys["gw"] = std::string(64, 'a'); }

  std::string code() {
    const Response made = call(Method::post, "/gateways/gw/enrolment", "", admin);
    REQUIRE_MESSAGE(made.status == 201, made.body);
    return std::string(json(made).at("code").as_string());
  }
  Response redeem(const std::string& code, const std::string& nonce = kNonce, const std::string& address = "198.51.100.7") {
    Request request;
    REQUIRE(parse_target("/api/v1/enrolments", request));
    request.method = Method::post;
    request.content_type = "application/json";
    request.body = R"({"code":")" + code + R"(","nonce":")" + nonce + R"("})";
    request.address = address;
    return send(std::move(request));
  }
  boost::json::value now_of() { return json(call(Method::get, "/gateways/gw/enrolment", "", admin)).at("enrolment"); }
};

}  // namespace

TEST_CASE("enrolment: a code gives the box its gateway, a new key and its own login at the broker") {
  Yard api;
  CHECK(api.now_of().is_null());
  const std::string code = api.code();
  CHECK(code.size() == 11);
  CHECK(code[5] == '-');
  CHECK(api.now_of().at("state").as_string() == "open");

  const Response told = api.redeem(code);
  REQUIRE_MESSAGE(told.status == 200, told.body);
  const auto answer = wire::decode_enrolment(told.body);
  REQUIRE(answer);
  CHECK(answer->site.value == "site");
  CHECK(answer->gateway.value == "gw");
  CHECK(answer->key != std::string(64, 'a'));
  CHECK(answer->key == api.keys.at("gw"));
  CHECK(answer->broker_url == "mqtts://broker.example:8883");
  CHECK(answer->ca == api.offer.ca);
  CHECK(answer->user == "gw");
  CHECK(answer->password == broker_password(answer->key));
  CHECK(answer->password.size() == 32);
  CHECK(answer->key.find(answer->password) == std::string::npos);
  CHECK(api.now_of().at("state").as_string() == "used");
}

TEST_CASE("enrolment: where the broker knows its gateways by itself the box is told no login") {
  Yard api;
  api.offer.login = false;
  api.make_api();
  const auto answer = wire::decode_enrolment(api.redeem(api.code()).body);
  REQUIRE(answer);
  CHECK(answer->user.empty());
  CHECK(answer->password.empty());
}

TEST_CASE("enrolment: a lost answer is given again to the same box, and the second use is refused, noted and counted") {
  Yard api;
  const std::string code = api.code();
  const Response first = api.redeem(code);
  CHECK(api.redeem(code).body == first.body);
  const Response second = api.redeem(code, std::string(32, 'c'));
  CHECK(second.status == 409);
  CHECK(second.code == "conflict");
  CHECK(second.body.find(api.keys.at("gw")) == std::string::npos);
  CHECK(api.now_of().at("reused").as_int64() == 1);
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE action = 'redeem_enrolment' AND who = 'gateway gw' AND result = 'conflict' AND organisation = 1") == 1);
  CHECK(wire::decode_enrolment(first.body)->key == api.keys.at("gw"));
}

TEST_CASE("enrolment: neither code, key nor password stands in the audit log, the log or the database") {
  Yard api;
  const std::string code = api.code();
  const auto answer = wire::decode_enrolment(api.redeem(code).body);
  REQUIRE(answer);
  const std::string bare = *wire::read_code(code);
  std::string all;
  const auto audit = ApiFixture::json(api.call(Method::get, "/audit?page_size=100", "", api.admin));
  for (const auto& row : audit.at("rows").as_array())
    for (const char* name : {"who", "object", "detail"}) all += std::string(row.at(name).as_string()) + "\n";
  for (const std::string& line : api.log) all += line + "\n";
  CHECK(all.find("gateway gw") != std::string::npos);
  for (const std::string& secret : {code, bare, answer->key, answer->password}) CHECK(all.find(secret) == std::string::npos);
  CHECK(api.site.count("SELECT count(*) FROM enrolment WHERE code_hash LIKE '%" + bare + "%'") == 0);
  CHECK(api.site.count("SELECT count(*) FROM enrolment WHERE code_hash = '" + token_hash(bare) + "'") == 0);  // a fast hash would be guessed
}

TEST_CASE("enrolment: who guesses waits, by address and all together, and leaves no row") {
  Yard api;
  const std::string code = api.code();
  const auto rows = api.site.count("SELECT count(*) FROM audit");
  for (int i = 0; i < api.rules.enrolment.free_tries; ++i) CHECK(api.redeem("22222-22222").status == 404);
  const Response waiting = api.redeem(code);
  CHECK(waiting.status == 429);
  CHECK(waiting.code == "too_many");
  CHECK(api.site.count("SELECT count(*) FROM audit") == rows);
  CHECK(api.redeem(code, kNonce, "198.51.100.8").status == 200);  // elsewhere nobody waits for him

  const std::string next = api.code();
  for (int i = 0; i < api.rules.enrolments.free_tries; ++i) static_cast<void>(api.redeem("22222-22222", kNonce, "203.0.113." + std::to_string(i)));
  CHECK(api.redeem(next, kNonce, "198.51.100.9").status == 429);
  api.now = api.now + base::seconds(1);
  CHECK(api.redeem(next, kNonce, "198.51.100.9").status == 200);
}

TEST_CASE("enrolment: a right code costs its address nothing") {
  Yard api;
  for (int i = 0; i < 3 * api.rules.enrolment.free_tries; ++i) CHECK(api.redeem(api.code()).status == 200);
}

TEST_CASE("enrolment: what is asked wrongly names its field and changes nothing") {
  Yard api;
  const auto refused = [&](const Response& response, const char* field) {
    CHECK(response.status == 400);
    CHECK(ApiFixture::json(response).at("field").as_string() == field);
  };
  const std::string code = api.code();
  refused(api.redeem("OOOOO-OOOOO"), "code");
  refused(api.redeem("ABCDE"), "code");
  refused(api.redeem(""), "code");
  refused(api.redeem(code, "short"), "nonce");
  CHECK(api.now_of().at("state").as_string() == "open");
  CHECK(api.keys.at("gw") == std::string(64, 'a'));
}

TEST_CASE("enrolment: 作废: a cancelled code opens nothing, a second cancel finds none") {
  Yard api;
  const std::string code = api.code();
  CHECK(api.call(Method::del, "/gateways/gw/enrolment", "", api.admin).status == 204);
  CHECK(api.redeem(code).status == 404);
  CHECK(api.call(Method::del, "/gateways/gw/enrolment", "", api.admin).status == 404);
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE action = 'cancel_enrolment' AND result = 'ok'") == 1);
}

TEST_CASE("enrolment: while the key cannot be written nothing happens and the code stays good") {
  Yard api;
  const std::string code = api.code();
  api.key_fails = true;
  CHECK(api.redeem(code).status == 503);
  CHECK(api.keys.at("gw") == std::string(64, 'a'));
  api.key_fails = false;
  CHECK(api.redeem(code).status == 200);
}

TEST_CASE("revocation: the key is gone, with who did it and why; a new code makes the gateway whole again") {
  Yard api;
  const auto revoke = [&](const std::string& body) { return api.call(Method::post, "/gateways/gw/revocation", body, api.admin); };
  const auto revoked = [&] { return ApiFixture::json(api.call(Method::get, "/gateways/gw/enrolment", "", api.admin)).at("revocation"); };
  CHECK(revoked().is_null());
  for (const char* body : {"{}", R"({"note":""})", R"({"note":7})"}) {
    const Response refused = revoke(body);
    CHECK(refused.status == 400);
    CHECK(ApiFixture::json(refused).at("field").as_string() == "note");
  }
  CHECK(api.keys.contains("gw"));
  REQUIRE(revoke(R"({"note":"主机被盗"})").status == 204);
  CHECK_FALSE(api.keys.contains("gw"));
  CHECK(revoked().at("by").as_string() == "admin");
  CHECK(revoked().at("note").as_string() == "主机被盗");
  CHECK(revoked().at("at").as_int64() == api.now.value);
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE action = 'revoke_gateway' AND result = 'ok' AND detail LIKE '%主机被盗%'") == 1);
  api.now = api.now + base::seconds(1);
  REQUIRE(api.redeem(api.code()).status == 200);
  CHECK(api.keys.at("gw") != std::string(64, 'a'));
  CHECK(revoked().is_null());
  CHECK(api.call(Method::post, "/gateways/nobody/revocation", R"({"note":"x"})", api.admin).status == 404);
}

TEST_CASE("revocation: while the key file cannot be removed the gateway is not called revoked") {
  Yard api;
  api.key_fails = true;
  CHECK(api.call(Method::post, "/gateways/gw/revocation", R"({"note":"x"})", api.admin).status == 503);
  CHECK(ApiFixture::json(api.call(Method::get, "/gateways/gw/enrolment", "", api.admin)).at("revocation").is_null());
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE action = 'revoke_gateway' AND result = 'ok'") == 0);
}

TEST_CASE("secrets: codes differ and have no look-alikes; a password at the broker follows from the key alone") {
  std::set<std::string> drawn;
  for (int i = 0; i < 200; ++i) {
    const std::string code = draw_enrolment_code();
    CHECK(wire::read_code(code) == code);
    drawn.insert(code);
  }
  CHECK(drawn.size() == 200);
  const std::string key = draw_gateway_key();
  CHECK(broker_password(key) == broker_password(key));
  CHECK(broker_password(key) != broker_password(draw_gateway_key()));
  CHECK(broker_password("no key").empty());
  const PasswordCost least{1, 8192};
  CHECK(enrolment_hash("ABCDE23456", least) == enrolment_hash("ABCDE23456", least));
  CHECK(enrolment_hash("ABCDE23456", least) != enrolment_hash("ABCDE23457", least));
}
