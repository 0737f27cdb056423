#include "tests/unit/platform/http/api_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct Bad {
  const char* name;
  Method method;
  const char* target;
  const char* body;
  const char* field;
};

constexpr const char* kRecharge = "/meters/1/recharges";
constexpr const char* kCommands = "/meters/1/commands";
constexpr const char* kSettings = "/meters/1/settings";

// clang-format off
const Bad kBad[] = {
    {"amount as a number",       Method::post, kRecharge, R"({"id":"k","amount":50,"method":"cash"})", "amount"},
    {"amount as a float",        Method::post, kRecharge, R"({"id":"k","amount":0.1,"method":"cash"})", "amount"},
    {"amount with 7 decimals",   Method::post, kRecharge, R"({"id":"k","amount":"0.1234567","method":"cash"})", "amount"},
    {"amount with exponent",     Method::post, kRecharge, R"({"id":"k","amount":"1e3","method":"cash"})", "amount"},
    {"amount of words",          Method::post, kRecharge, R"({"id":"k","amount":"ten","method":"cash"})", "amount"},
    {"amount zero",              Method::post, kRecharge, R"({"id":"k","amount":"0","method":"cash"})", "amount"},
    {"amount negative",          Method::post, kRecharge, R"({"id":"k","amount":"-5","method":"cash"})", "amount"},
    {"amount above a million",   Method::post, kRecharge, R"({"id":"k","amount":"1000000.000001","method":"cash"})", "amount"},
    {"amount out of any range",  Method::post, kRecharge, R"({"id":"k","amount":"99999999999999999999","method":"cash"})", "amount"},
    {"no amount",                Method::post, kRecharge, R"({"id":"k","method":"cash"})", "amount"},
    {"amount null",              Method::post, kRecharge, R"({"id":"k","amount":null,"method":"cash"})", "amount"},
    {"no id",                    Method::post, kRecharge, R"({"amount":"1","method":"cash"})", "id"},
    {"id with a blank",          Method::post, kRecharge, R"({"id":"a b","amount":"1","method":"cash"})", "id"},
    {"id too long",              Method::post, kRecharge, R"({"id":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","amount":"1","method":"cash"})", "id"},
    {"unknown method",           Method::post, kRecharge, R"({"id":"k","amount":"1","method":"bitcoin"})", "method"},
    {"note with line break",     Method::post, kRecharge, R"({"id":"k","amount":"1","method":"cash","note":"a\nb"})", "note"},
    {"accept without billed",    Method::post, "/meters/1/readings/1/accept", R"({"note":"x"})", "billed"},
    {"accept below nothing",     Method::post, "/meters/1/readings/1/accept", R"({"billed":"-1"})", "billed"},
    {"accept from no register",  Method::post, "/meters/1/readings/1/accept", R"({"billed":"1"})", "register_at"},
    {"unknown command",          Method::post, kCommands, R"({"id":"k","kind":"explode"})", "kind"},
    {"live for too long",        Method::post, kCommands, R"({"id":"k","kind":"live","seconds":601})", "seconds"},
    {"live for half a second",   Method::post, kCommands, R"({"id":"k","kind":"live","seconds":0.5})", "seconds"},
    {"seconds as text",          Method::post, kCommands, R"({"id":"k","kind":"live","seconds":"5"})", "seconds"},
    {"settings without name",    Method::put, kSettings, R"({"mode":"prepaid","alarm_1":"20","alarm_2":"10","overdraft":"0","auto_trip":true})", "name"},
    {"empty name",               Method::put, kSettings, R"({"name":"","mode":"prepaid","alarm_1":"20","alarm_2":"10","overdraft":"0","auto_trip":true})", "name"},
    {"auto_trip as text",        Method::put, kSettings, R"({"name":"x","mode":"prepaid","alarm_1":"20","alarm_2":"10","overdraft":"0","auto_trip":"yes"})", "auto_trip"},
    {"alarms the wrong way",     Method::put, kSettings, R"({"name":"x","mode":"prepaid","alarm_1":"10","alarm_2":"20","overdraft":"0","auto_trip":true})", "alarm_1"},
    {"alarm_2 below the trip",   Method::put, kSettings, R"({"name":"x","mode":"prepaid","alarm_1":"10","alarm_2":"-6","overdraft":"5","auto_trip":true})", "alarm_2"},
    {"overdraft negative",       Method::put, kSettings, R"({"name":"x","mode":"prepaid","alarm_1":"20","alarm_2":"10","overdraft":"-1","auto_trip":true})", "overdraft"},
    {"unknown mode",             Method::put, kSettings, R"({"name":"x","mode":"free","alarm_1":"20","alarm_2":"10","overdraft":"0","auto_trip":true})", "mode"},
    {"plan as text",             Method::put, "/meters/1/price-plan", R"({"price_plan":"1"})", "price_plan"},
    {"plan that is not there",   Method::put, "/meters/1/price-plan", R"({"price_plan":999})", "price_plan"},
    {"total plan without total", Method::post, "/price-plans", R"({"name":"p","kind":"total"})", "total"},
    {"tou plan without flat",    Method::post, "/price-plans", R"({"name":"p","kind":"tou","sharp":"1","peak":"1","valley":"1"})", "flat"},
    {"price with 6 decimals",    Method::post, "/price-plans", R"({"name":"p","kind":"total","total":"0.123456"})", "total"},
    {"price negative",           Method::post, "/price-plans", R"({"name":"p","kind":"total","total":"-0.1"})", "total"},
    {"price above 1000 yuan",    Method::post, "/price-plans", R"({"name":"p","kind":"total","total":"1000.00001"})", "total"},
    {"name of 61 characters",    Method::post, "/price-plans", R"({"name":"电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电电","kind":"total","total":"1"})", "name"},
    {"gateway id with a slash",  Method::post, "/gateways", R"({"id":"a/b","name":"g","site":"site","lines":[]})", "id"},
    {"key too short",            Method::post, "/gateways", R"({"id":"g9","name":"g","site":"site","lines":[],"key":"ab"})", "key"},
    {"lines no list",            Method::post, "/gateways", R"({"id":"g9","name":"g","site":"site","lines":{}})", "lines"},
    {"line of an unknown kind",  Method::post, "/gateways", R"({"id":"g9","name":"g","site":"site","lines":[{"id":"l","uri":"file:///etc/passwd"}]})", "lines[0].uri"},
    {"every 0 minutes",          Method::post, "/gateways", R"({"id":"g9","name":"g","site":"site","lines":[],"reading_minutes":0})", "reading_minutes"},
    {"address of 11 digits",     Method::post, "/meters", R"({"device":"d","name":"n","address":"12345678901","gateway":"gw","line":"l1","price_plan":1,"mode":"prepaid","start_reading":{"total":"0"}})", "address"},
    {"start reading a number",   Method::post, "/meters", R"({"device":"d","name":"n","address":"123456789012","gateway":"gw","line":"l1","price_plan":1,"mode":"prepaid","start_reading":{"total":1}})", "start_reading.total"},
    {"start reading negative",   Method::post, "/meters", R"({"device":"d","name":"n","address":"123456789012","gateway":"gw","line":"l1","price_plan":1,"mode":"prepaid","start_reading":{"total":"-1"}})", "start_reading.total"},
    {"three tariffs",            Method::post, "/meters", R"({"device":"d","name":"n","address":"123456789012","gateway":"gw","line":"l1","price_plan":1,"mode":"prepaid","start_reading":{"total":"1","tariffs":["1","0","0"]}})", "start_reading.tariffs"},
    {"preamble of 5",            Method::post, "/meters", R"({"device":"d","name":"n","address":"123456789012","gateway":"gw","line":"l1","price_plan":1,"mode":"prepaid","start_reading":{"total":"1"},"profile":{"preamble":5}})", "profile.preamble"},
    {"password no hex",          Method::post, "/meters", R"({"device":"d","name":"n","address":"123456789012","gateway":"gw","line":"l1","price_plan":1,"mode":"prepaid","start_reading":{"total":"1"},"profile":{"password":"zzzzzz"}})", "profile.password"},
    {"page 0",                   Method::get, "/meters?page=0", "", "page"},
    {"page size 101",            Method::get, "/meters?page_size=101", "", "page_size"},
    {"page of words",            Method::get, "/alarms?page=two", "", "page"},
    {"reachable maybe",          Method::get, "/meters?reachable=maybe", "", "reachable"},
    {"unknown relay",            Method::get, "/meters?relay=ajar", "", "relay"},
    {"limit 201",                Method::get, "/meters/1/readings?limit=201", "", "limit"},
    {"before negative",          Method::get, "/meters/1/ledger?before=-1", "", "before"},
    {"unknown ledger kind",      Method::get, "/meters/1/ledger?kind=gift", "", "kind"},
    {"unknown step",             Method::get, "/meters/1/consumption?step=week", "", "step"},
    {"from after to",            Method::get, "/meters/1/consumption?from=5&to=4", "", "from"},
    {"too many points",          Method::get, "/meters/1/consumption?step=hour&from=0&to=1440000001", "", "from"},
};
// clang-format on

}  // namespace

TEST_CASE("validation: bad input names the field, states the rule, and changes nothing") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  const auto rows = [&] {
    return fixture.site.count(
        "SELECT (SELECT count(*) FROM recharge) + (SELECT count(*) FROM command) + (SELECT count(*) FROM meter)"
        " + (SELECT count(*) FROM gateway) + (SELECT count(*) FROM price_plan_version)");
  };
  const auto before = rows();
  for (const Bad& bad : kBad) {
    CAPTURE(bad.name);
    const Response response = fixture.call(bad.method, bad.target, bad.body, session);
    CAPTURE(response.body);
    CHECK((response.status == 400 ||
           (response.status == 404 && std::string_view(bad.name).find("not there") != std::string_view::npos)));
    const auto error = ApiFixture::json(response);
    CHECK(error.at("field").as_string() == bad.field);
    CHECK(error.at("message").as_string().size() > std::string_view(bad.field).size());
  }
  CHECK(rows() == before);
  CHECK(fixture.keys.empty());
}

TEST_CASE("validation: a body that is no JSON object, or not called JSON, is refused") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  for (const char* body : {"", "[]", "null", "{", "{\"id\":}", "\xff\xfe", "{}{}", "[[[[[[[[[[[[[[[[[[[[[[[[[["})
    CHECK_MESSAGE(fixture.call(Method::post, kRecharge, body, session).code == "not_json", body);
  Request request;
  request.method = Method::post;
  request.path = "/api/v1/session";
  request.content_type = "text/plain";
  request.body = R"({"user":"admin","password":"correct horse"})";
  CHECK(fixture.send(request).code == "not_json");
}

TEST_CASE("http: a broken escape or a NUL in a path is refused, a plus in a query is a blank") {
  Request request;
  CHECK_FALSE(parse_target("/a%2", request));
  CHECK_FALSE(parse_target("/a%zz", request));
  CHECK_FALSE(parse_target("/a%00b", request));
  CHECK_FALSE(parse_target("http://elsewhere/", request));
  REQUIRE(parse_target("/m%E7%94%B5?search=a+b%26c&page=2&flag", request));
  CHECK(request.path == "/m电");
  CHECK(request.argument("search") == "a b&c");
  CHECK(request.argument("page") == "2");
  CHECK(request.argument("flag") == "");
  CHECK_FALSE(request.argument("none"));
}

TEST_CASE("http: the cookie is found among others") {
  CHECK(cookie_value("a=1; anju_session=tok; b=2", "anju_session") == "tok");
  CHECK(cookie_value("xanju_session=no", "anju_session").empty());
  CHECK(cookie_value("", "anju_session").empty());
}

TEST_CASE("desk: what the ledger refuses has its own code and status") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  const struct {
    Errc errc;
    int status;
    const char* code;
  } cases[] = {{Errc::conflict, 409, "conflict"},
               {Errc::key_reused, 409, "key_reused"},
               {Errc::keep_power_on, 409, "keep_power_on"},
               {Errc::not_found, 404, "not_found"},
               {Errc::busy, 503, "busy"},
               {Errc::stopping, 503, "busy"}};
  for (const auto& one : cases) {
    fixture.desk.refuses = one.errc;
    const Response response = fixture.call(Method::post, kCommands, R"({"id":"k","kind":"trip"})", session);
    CHECK(response.status == one.status);
    CHECK(response.code == one.code);
  }
}

TEST_CASE("gateways: the key is kept before the gateway exists, shown once, and goes when the ledger refuses") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  const char* body = R"({"id":"g9","name":"nine","site":"site","lines":[{"id":"a","uri":"tcp://127.0.0.1:1"}]})";
  fixture.desk.refuses = Errc::busy;
  CHECK(fixture.call(Method::post, "/gateways", body, session).status == 503);
  CHECK(fixture.keys.empty());
  fixture.desk.refuses.reset();
  const Response created = fixture.call(Method::post, "/gateways", body, session);
  REQUIRE(created.status == 201);
  CHECK(ApiFixture::json(created).at("key").as_string() == fixture.keys.at("g9"));
  CHECK(fixture.call(Method::get, "/gateways/g9", "", session).body.find(fixture.keys.at("g9")) == std::string::npos);
  const auto kept = fixture.keys;
  CHECK(fixture.call(Method::post, "/gateways", body, session).status == 409);
  CHECK(fixture.keys == kept);
}

TEST_CASE("gateways: who adds one learns where the platform finds the broker") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  const char* body = R"({"id":"g9","name":"nine","site":"site","lines":[]})";
  for (const Response& response : {fixture.call(Method::post, "/gateways", body, session),
                                   fixture.call(Method::get, "/gateways/g9", "", session)}) {
    const auto broker = ApiFixture::json(response).at("broker");
    CHECK(broker.at("url").as_string() == "mqtts://broker.example:8884");
    CHECK(broker.at("login").as_bool());
    CHECK(broker.at("own_ca").as_bool());
  }
}

TEST_CASE("audit: an order leaves named values, and only looking leaves nothing") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  const auto rows = [&] { return fixture.site.count("SELECT count(*) FROM audit"); };
  const auto before = rows();
  CHECK(fixture.call(Method::post, kCommands, R"({"id":"look","kind":"live"})", session).status == 202);
  CHECK(rows() == before);
  CHECK(fixture.call(Method::post, kCommands, R"({"id":"look","kind":"live","seconds":0})", session).status == 400);
  CHECK(rows() == before + 1);
  CHECK(fixture.call(Method::post, kRecharge, R"({"id":"k1","amount":"5","method":"cash"})", session).status == 201);
  CHECK(fixture.site.count("SELECT count(*) FROM audit WHERE detail = 'amount=5.00; method=cash; id=k1'") == 1);
}

TEST_CASE("alarms: a person clears one with a reason, once; a meter with bookings cannot be removed") {
  ApiFixture fixture;
  const Session session = fixture.log_in("admin");
  fixture.site.ledger->take(1, "e1", fixture.site.seq + 1,
                            std::vector<wire::Event>{wire::AlarmEvent{"x", base::DeviceId("stranger"), {}, fixture.now, true, ""}},
                            fixture.now);
  fixture.site.commit();
  const auto found = ApiFixture::json(fixture.call(Method::get, "/alarms?code=event_quarantined&active=true", "", session));
  REQUIRE(found.at("total").as_int64() == 1);
  const auto& alarm = found.at("rows").at(0);
  CHECK(alarm.at("clearable").as_bool());
  const std::string target = "/alarms/" + std::to_string(alarm.at("id").as_int64()) + "/clear";
  CHECK(fixture.call(Method::post, target, "{}", session).code == "bad_field");
  const Response cleared = fixture.call(Method::post, target, R"({"note":"old box"})", session);
  CHECK(cleared.status == 200);
  CHECK_FALSE(ApiFixture::json(cleared).at("active").as_bool());
  CHECK_FALSE(ApiFixture::json(cleared).at("clearable").as_bool());
  CHECK(fixture.call(Method::post, target, R"({"note":"old box"})", session).status == 404);
  const Response kept = fixture.call(Method::del, "/meters/1", "", session);
  CHECK(kept.status == 409);
  CHECK(kept.code == "has_history");
}
