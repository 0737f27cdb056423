// Residents who bind themselves to a meter: what a code, a cookie and a member of the staff open, and what none of them does.

#include <algorithm>

#include <boost/json/serialize.hpp>

#include "platform/catalog/catalog.hpp"
#include "platform/domain/bound_users.hpp"
#include "platform/store/database.hpp"
#include "tests/unit/platform/http/api_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

/// What a phone keeps.
struct Phone {
  std::string token, csrf;
  std::int64_t binding = 0;
};

struct Homes : ApiFixture {
  Session admin = log_in("admin");

  std::string share(std::int64_t meter = 1, const std::string& body = "{}") {
    const Response made = call(Method::post, "/meters/" + std::to_string(meter) + "/shares", body, admin);
    REQUIRE_MESSAGE(made.status == 201, made.body);
    return std::string(json(made).at("code").as_string());
  }

  Response mine(Method method, const std::string& target, const std::string& body = {}, const Phone& phone = {}, const std::string& address = "192.0.2.7") {
    Request request;
    REQUIRE(parse_target("/api/v1" + target, request));
    request.method = method;
    request.body = body;
    request.content_type = "application/json";
    request.bound_token = phone.token;
    request.csrf_token = phone.csrf;
    request.address = address;
    return send(std::move(request));
  }
  static std::string binding_of(const std::string& code, const std::string& name = "王小明", const std::string& mobile = "139 1111 2222") {
    return R"({"code":")" + code + R"(","name":")" + name + R"(","mobile":")" + mobile + R"(","language":"zh-CN"})";
  }
  static std::string account_of(const std::string& name, const std::string& language = "en") {
    return R"({"name":")" + name + R"(","language":")" + language + R"(","sms":false})";
  }
  Phone bind(const std::string& code) {
    const Response bound = mine(Method::post, "/my/meters", binding_of(code));
    REQUIRE_MESSAGE(bound.status == 201, bound.body);
    Phone phone;
    for (const auto& [name, value] : bound.headers)
      if (name == "Set-Cookie") phone.token = value.substr(value.find('=') + 1, value.find(';') - value.find('=') - 1);
    REQUIRE(phone.token.size() == 43);
    phone.csrf = json(bound).at("account").at("csrf_token").as_string().c_str();
    phone.binding = json(bound).at("binding").as_int64();
    return phone;
  }
  std::int64_t rows(const std::string& of) { return site.count("SELECT count(*) FROM " + of); }
};

std::string filled(std::string_view path, const std::string& binding) {
  std::string text(path);
  if (const auto at = text.find("{binding}"); at != std::string::npos) text.replace(at, 9, binding);
  for (auto at = text.find('{'); at != std::string::npos; at = text.find('{')) text.replace(at, text.find('}') - at + 1, "1");
  return text;
}

bool is_bound(const Route& route) { return route.permission == kBoundPermission; }

}  // namespace

TEST_CASE("em-share-qr, wm-share-qr, wc-detail-qr: who may open accounts shares a meter's code; it is said once and kept nowhere") {
  Homes api;
  const std::string code = api.share(1, R"({"days":3,"uses":2})");
  CHECK(code.size() == 43);
  CHECK(api.rows("meter_share WHERE token_hash = '" + token_hash(code) + "' AND uses = 2 AND expires_ms = " + std::to_string((api.now + base::hours(72)).value)) == 1);
  CHECK(api.rows("audit WHERE action = 'share_meter' AND who = 'admin' AND detail LIKE '%uses=2%' AND detail NOT LIKE '%" + code + "%'") == 1);
  api.share();
  const auto list = ApiFixture::json(api.call(Method::get, "/meters/1/bound-users", "", api.admin));
  REQUIRE(list.at("shares").as_array().size() == 2);
  CHECK(list.at("shares").at(0).at("uses").as_int64() == 4);
  CHECK(list.at("shares").at(0).at("expires_at").as_int64() == (api.now + base::hours(7 * 24)).value);
  CHECK(boost::json::serialize(list).find(code) == std::string::npos);
  for (const auto& [body, field] : {std::pair(R"({"days":0})", "days"), std::pair(R"({"days":31})", "days"), std::pair(R"({"uses":0})", "uses"), std::pair(R"({"uses":21})", "uses"),
                                    std::pair(R"({"meter":2})", "meter")}) {
    const Response refused = api.call(Method::post, "/meters/1/shares", body, api.admin);
    CHECK(refused.status == 400);
    CHECK(ApiFixture::json(refused).at("field").as_string() == field);
  }
  const Session reader = api.log_in("reader");
  CHECK(api.call(Method::get, "/meters/1/bound-users", "", reader).status == 200);
  for (const auto& [method, path] : {std::pair(Method::post, "/meters/1/shares"), std::pair(Method::del, "/meters/1/shares/1"), std::pair(Method::del, "/meters/1/bound-users/1")})
    CHECK(api.call(method, path, "{}", reader).status == 403);
  for (std::int64_t i = 2; i < kMostOpenShares; ++i) api.share();
  CHECK(api.call(Method::post, "/meters/1/shares", "{}", api.admin).code == "limit_reached");
  CHECK(api.call(Method::del, "/meters/1/shares/1", "", api.admin).status == 204);
  CHECK(api.call(Method::del, "/meters/1/shares/1", "", api.admin).status == 404);
  CHECK(api.call(Method::del, "/meters/2/shares/2", "", api.admin).status == 404);
}

TEST_CASE("em-add-scan, wm-add-scan: a resident looks at a code, binds himself and gets a cookie that is good for his own pages only") {
  Homes api;
  const std::string code = api.share();
  const auto shown = ApiFixture::json(api.mine(Method::post, "/my/share", R"({"code":")" + code + "\"}"));
  CHECK(shown.at("site").as_string() == "Site");
  CHECK(shown.at("address").as_string() == "000*****0001");
  CHECK(shown.as_object().size() == 3);
  const Response bound = api.mine(Method::post, "/my/meters", Homes::binding_of(code));
  REQUIRE(bound.status == 201);
  REQUIRE(bound.headers.size() == 1);
  const std::string cookie = bound.headers[0].second;
  CHECK(bound.headers[0].first == "Set-Cookie");
  CHECK(cookie.starts_with("anju_bound="));
  for (const char* part : {"; Path=/api/v1/my;", "; HttpOnly", "; SameSite=Strict", "; Max-Age=31536000"}) CHECK(cookie.find(part) != std::string::npos);
  CHECK(api.rows("bound_user WHERE mobile = '13911112222' AND sms = 0") == 1);
  CHECK(api.rows("bound_session WHERE token_hash = '" + token_hash(cookie.substr(11, 43)) + "'") == 1);
  CHECK(api.rows("audit WHERE action = 'bind_meter' AND organisation = 1 AND who = 'bound user 1' AND object = 'meter 1' AND result = 'ok'") == 1);
  CHECK(api.rows("audit WHERE action = 'look_at_share'") == 0);
  // With https the cookie says so.
  api.rules.secure_cookie = true;
  api.make_api();
  CHECK(api.mine(Method::post, "/my/meters", Homes::binding_of(code)).headers.at(0).second.ends_with("; Secure"));
  // A second meter joins the first, without a name and without another cookie; the first again changes nothing.
  const Phone phone = api.bind(code);
  const Response second = api.mine(Method::post, "/my/meters", R"({"code":")" + api.share(2) + "\"}", phone);
  CHECK(second.status == 201);
  CHECK(second.headers.empty());
  CHECK(api.mine(Method::post, "/my/meters", R"({"code":")" + code + "\"}", phone).status == 200);
  CHECK(ApiFixture::json(api.mine(Method::get, "/my/meters", "", phone)).as_array().size() == 2);
  CHECK(api.mine(Method::post, "/my/meters", R"({"code":")" + code + "\"}", {phone.token, "another", 0}).code == "bad_csrf");
}

TEST_CASE("em-add-scan: what a resident types is checked, and the answer names field and rule") {
  Homes api;
  const std::string code = api.share();
  for (const auto& [body, field] : std::initializer_list<std::pair<std::string, std::string>>{
           {R"({"name":"a","mobile":"13911112222","language":"en"})", "code"},
           {Homes::binding_of(code, ""), "name"},
           {Homes::binding_of(code, "王**"), "name"},
           {Homes::binding_of(code, std::string(41, 'x')), "name"},
           {Homes::binding_of(code, "a", "12"), "mobile"},
           {Homes::binding_of(code, "a", "call me"), "mobile"},
           {R"({"code":"x","name":"a","mobile":"13911112222","language":"fr"})", "language"},
           {R"({"code":"x","name":"a","mobile":"13911112222","language":"en","meter":1})", "meter"},
           {R"({"code":")" + std::string(65, 'x') + R"(","name":"a","mobile":"13911112222","language":"en"})", "code"}}) {
    const Response refused = api.mine(Method::post, "/my/meters", body);
    CAPTURE(body);
    CHECK(refused.status == 400);
    CHECK(ApiFixture::json(refused).at("field").as_string() == field);
  }
  CHECK(api.rows("bound_user") == 0);
  CHECK(api.rows("audit WHERE action = 'bind_meter'") == 0);
}

TEST_CASE("em-add-scan: unknown, expired, revoked and used-up codes are one answer, and guessing has to wait") {
  Homes api;
  const std::string used_up = api.share(1, R"({"uses":1})"), revoked = api.share(), old = api.share(1, R"({"days":1})"), good = api.share(1, R"({"uses":20})");
  api.bind(used_up);
  CHECK(api.call(Method::del, "/meters/1/shares/2", "", api.admin).status == 204);
  api.now = api.now + base::hours(24);
  std::set<std::string> answers;
  for (const std::string& code : {used_up, revoked, old, std::string(43, 'x'), std::string("'; --")}) {
    const Response looked = api.mine(Method::post, "/my/share", R"({"code":")" + code + "\"}");
    const Response bound = api.mine(Method::post, "/my/meters", Homes::binding_of(code));
    CHECK(looked.status == 404);
    answers.insert(looked.body);
    answers.insert(bound.body);
    CHECK(bound.headers.empty());
  }
  CHECK(answers.size() == 1);
  // Ten were wrong; the right ones between do not count, and ten more wrong ones close the address, for right ones, too.
  for (int i = 0; i < 9; ++i) CHECK(api.mine(Method::post, "/my/share", R"({"code":"wrong"})").status == 404);
  CHECK(api.mine(Method::post, "/my/share", R"({"code":")" + good + "\"}").status == 200);
  CHECK(api.mine(Method::post, "/my/share", R"({"code":"wrong"})").status == 404);
  const Response locked = api.mine(Method::post, "/my/meters", Homes::binding_of(good));
  CHECK(locked.status == 423);
  CHECK(ApiFixture::json(locked).at("retry_after_s").as_int64() == 2);
  CHECK(api.mine(Method::post, "/my/share", R"({"code":")" + good + "\"}").status == 423);
  CHECK(api.mine(Method::post, "/my/share", R"({"code":")" + good + "\"}", {}, "192.0.2.8").status == 200);
  api.now = api.now + base::seconds(2);
  CHECK(api.mine(Method::post, "/my/meters", Homes::binding_of(good)).status == 201);
  // A stranger leaves no rows.
  CHECK(api.rows("audit WHERE action IN ('look_at_share', 'bind_meter') AND result <> 'ok'") == 0);
  CHECK(api.rows("bound_user") == 2);
}

TEST_CASE("rights: em-bound-users: the cookie of a bound user opens no endpoint of the staff, and a session of the staff none of his") {
  Homes api;
  const Phone phone = api.bind(api.share());
  const std::string audit = "audit";
  const std::int64_t before = api.rows(audit);
  int staff = 0, own = 0;
  for (const Route& route : routes()) {
    if (route.permission == "public") continue;
    CAPTURE(route.operation_id);
    const std::string path = filled(route.path, std::to_string(phone.binding));
    if (!is_bound(route)) {
      // As it is sent, and as somebody would send it who has both names of a cookie.
      CHECK(api.mine(route.method, path, "{}", phone).status == 401);
      CHECK(api.call(route.method, path, "{}", {phone.token, phone.csrf}).status == 401);
      ++staff;
    } else {
      CHECK(api.mine(route.method, path, "{}").status == 401);
      CHECK(api.mine(route.method, path, "{}", {api.admin.token, api.admin.csrf, 0}).status == 401);
      CHECK(api.call(route.method, path, "{}", api.admin).status == 401);
      if (is_unsafe(route.method)) CHECK(api.mine(route.method, path, "{}", {phone.token, "", 0}).code == "bad_csrf");
      ++own;
    }
  }
  CHECK(own == 9);
  CHECK(staff == static_cast<int>(routes().size()) - 9 - 7);
  CHECK(api.rows(audit) == before);
  // Not even somebody who may everything holds it.
  CHECK(api.call(Method::get, "/session", "", api.admin).body.find("\"bound\"") == std::string::npos);
  CHECK(api.mine(Method::get, "/my/meters", "", phone).status == 200);
}

TEST_CASE("rights: em-bound-users: of another's meter nothing is there, nor of one's own when it has ended") {
  Homes api;
  const std::string code = api.share(1);
  const Phone one = api.bind(code), other = api.bind(api.share(2));
  const auto ask = [&](const Phone& who, std::int64_t binding) {
    std::set<int> seen;
    for (const Route& route : routes()) {
      if (!is_bound(route) || route.path.find("{binding}") == std::string_view::npos || route.method == Method::del) continue;
      seen.insert(api.mine(route.method, filled(route.path, std::to_string(binding)), "", who).status);
    }
    return seen;
  };
  CHECK(ask(one, one.binding) == std::set<int>{200});
  CHECK(ask(one, other.binding) == std::set<int>{404});
  CHECK(ask(one, 99) == std::set<int>{404});
  CHECK(api.mine(Method::del, "/my/meters/" + std::to_string(other.binding), "", one).status == 404);
  CHECK(api.mine(Method::get, "/my/meters/x", "", one).status == 404);
  CHECK(api.call(Method::del, "/meters/1/bound-users/" + std::to_string(other.binding), "", api.admin).status == 404);
  CHECK(api.call(Method::del, "/meters/1/bound-users/" + std::to_string(one.binding), "", api.log_in("foreign")).status == 404);
  CHECK(api.call(Method::del, "/meters/1/bound-users/" + std::to_string(one.binding), "", api.admin).status == 204);
  CHECK(ask(one, one.binding) == std::set<int>{404});
  // The code he came by is unknown now, to him and to whoever else has it.
  const Response back = api.mine(Method::post, "/my/meters", R"({"code":")" + code + "\"}", one);
  CHECK(back.status == 404);
  CHECK(back.body == api.mine(Method::post, "/my/meters", Homes::binding_of("never made")).body);
  CHECK(api.mine(Method::post, "/my/share", R"({"code":")" + code + "\"}").status == 404);
  CHECK(ApiFixture::json(api.mine(Method::get, "/my/meters", "", one)).as_array().empty());
  CHECK(ask(other, other.binding) == std::set<int>{200});
  CHECK(api.mine(Method::del, "/my/meters/" + std::to_string(other.binding), "", {other.token, "", 0}).code == "bad_csrf");
  CHECK(api.mine(Method::del, "/my/meters/" + std::to_string(other.binding), "", other).status == 204);
  CHECK(ask(other, other.binding) == std::set<int>{404});
  CHECK(api.rows("audit WHERE action = 'leave_my_meter' AND organisation = 1 AND who = 'bound user 2' AND object = 'meter 2'") == 1);
}

TEST_CASE("em-user-balance, wm-user-balance: a resident sees balance, state, price and where to recharge, and nothing of anybody else") {
  Homes api;
  Phone phone = api.bind(api.share(1));
  const auto own = ApiFixture::json(api.mine(Method::get, "/my/meters/" + std::to_string(phone.binding), "", phone)).as_object();
  const auto staff = ApiFixture::json(api.call(Method::get, "/meters/1", "", api.admin)).as_object();
  for (const char* same : {"balance", "account_state", "mode", "reported", "wanted", "wanted_reason", "alarm_1", "alarm_2", "overdraft", "address"}) {
    CAPTURE(same);
    CHECK(own.at(same) == staff.at(same));
  }
  CHECK(own.at("price_now").as_string() == "0.71001");
  const base::Money balance = *base::parse_money(own.at("balance").as_string().c_str());
  if (balance > base::Money(0)) {
    CHECK(own.at("worth") == staff.at("balance_kwh"));
    CHECK(own.at("worth_unknown").as_string() == "");
  } else {
    CHECK(own.at("worth").is_null());
    CHECK(own.at("worth_unknown").as_string() == "nothing_left");
  }
  CHECK(own.at("total") == staff.at("last_reading").at("total"));
  CHECK(own.at("recharge_at").at("organisation").as_string() == "Anju");
  // Of the staff, the gateway, the plan and other meters there is nothing in any answer.
  const std::string binding = "/my/meters/" + std::to_string(phone.binding);
  for (const std::string& path : {std::string("/my/meters"), binding, binding + "/use", binding + "/records", binding + "/messages", std::string("/my/account")}) {
    const Response answer = api.mine(Method::get, path, "", phone);
    CHECK(answer.status == 200);
    for (const char* word : {"wang", "\"gw\"", "one price", "\"m2\"", "gateway", "\"by\"", "\"note\"", "device"}) CHECK_MESSAGE(answer.body.find(word) == std::string::npos, path << " says " << word);
  }
  // Bound just now where nobody opened an account: no older use, and no recharge of whoever was there before.
  CHECK(ApiFixture::json(api.mine(Method::get, binding + "/use", "", phone)).at("days").as_array().empty());
  CHECK(ApiFixture::json(api.mine(Method::get, binding + "/records", "", phone)).at("rows").as_array().empty());
  CHECK(api.call(Method::post, "/meters/1/recharges", R"({"id":"k1","amount":"12.5","method":"wechat","note":"for the old lady"})", api.admin).status == 201);
  const auto records = ApiFixture::json(api.mine(Method::get, binding + "/records", "", phone)).at("rows").as_array();
  REQUIRE(records.size() == 1);
  CHECK(boost::json::serialize(records[0]).find("old lady") == std::string::npos);
  CHECK(records[0].at("amount").as_string() == "12.50");
  CHECK(records[0].at("method").as_string() == "wechat");
  // Four prices by the meter's registers: nobody can say what the next kWh costs.
  const Phone four = api.bind(api.share(2));
  const auto tou = ApiFixture::json(api.mine(Method::get, "/my/meters/" + std::to_string(four.binding), "", four));
  CHECK(tou.at("price_now").is_null());
  CHECK(tou.at("prices").at("kind").as_string() == "tou");
}

TEST_CASE("em-bound-users, wm-bound-users: the staff sees who is bound, masked where it must be") {
  Homes api;
  api.bind(api.share());
  const auto clear = ApiFixture::json(api.call(Method::get, "/meters/1/bound-users", "", api.admin)).at("bound").at(0);
  CHECK(clear.at("name").as_string() == "王小明");
  CHECK(clear.at("mobile").as_string() == "13911112222");
  CHECK(clear.at("until").is_null());
  CHECK(clear.at("ended").as_string() == "");
  const auto masked = ApiFixture::json(api.call(Method::get, "/meters/1/bound-users", "", api.log_in("reader"))).at("bound").at(0);
  CHECK(masked.at("name").as_string() == "王**");
  CHECK(masked.at("mobile").as_string() == "139****2222");
  CHECK(api.call(Method::get, "/meters/1/bound-users", "", api.log_in("foreign")).status == 404);
}

TEST_CASE("em-add-scan: a bound user's own account: name, language, SMS, and the end of his session") {
  Homes api;
  const Phone phone = api.bind(api.share());
  const auto account = ApiFixture::json(api.mine(Method::get, "/my/account", "", phone));
  CHECK(account.at("name").as_string() == "王小明");
  CHECK(account.at("csrf_token").as_string() == phone.csrf);
  CHECK(account.at("sms").as_bool() == false);
  const std::string change = R"({"name":"Wang","language":"en","sms":true})";
  CHECK(api.mine(Method::put, "/my/account", change, {phone.token, "", 0}).code == "bad_csrf");
  const auto changed = ApiFixture::json(api.mine(Method::put, "/my/account", change, phone));
  CHECK(changed.at("language").as_string() == "en");
  CHECK(changed.at("sms").as_bool());
  CHECK(ApiFixture::json(api.mine(Method::get, "/my/account", "", phone)) == changed);
  CHECK(ApiFixture::json(api.mine(Method::put, "/my/account", R"({"name":"Wang","language":"en","sms":true,"mobile":"1"})", phone)).at("field").as_string() == "mobile");
  CHECK(api.rows("audit WHERE action = 'change_my_account' AND who = 'bound user 1' AND result = 'ok'") == 1);
  CHECK(api.rows("bound_user WHERE sms = 1") == 1);
  // Used now and then it stays, and a restart does not end it.
  for (int month = 0; month < 4; ++month) {
    api.now = api.now + base::hours(24 * 30);
    api.make_api();
    CHECK(api.mine(Method::get, "/my/account", "", phone).status == 200);
  }
  const Response ended = api.mine(Method::del, "/my/session", "", phone);
  CHECK(ended.status == 204);
  CHECK(ended.headers.at(0).second.starts_with("anju_bound=; Path=/api/v1/my;"));
  CHECK(api.rows("bound_user WHERE sms = 1") == 0);
  CHECK(api.mine(Method::get, "/my/account", "", phone).status == 401);
  api.admin = api.log_in("admin");
  const Phone idle = api.bind(api.share());
  api.now = api.now + kBoundIdle;
  CHECK(api.mine(Method::get, "/my/account", "", idle).status == 401);
  api.api->sweep();
  CHECK(api.rows("bound_session") == 0);
  CHECK(api.rows("bound_meter WHERE until_ms IS NULL") == 2);
}

TEST_CASE("em-bound-users: what is refused or changes nothing leaves no row, so nobody fills the audit log from his phone") {
  Homes api;
  const std::string code = api.share();
  const Phone phone = api.bind(code);
  const std::int64_t before = api.rows("audit");
  CHECK(api.mine(Method::put, "/my/account", "{}", phone).status == 400);
  CHECK(api.mine(Method::put, "/my/account", Homes::account_of("Wang"), {phone.token, "", 0}).code == "bad_csrf");
  CHECK(api.mine(Method::del, "/my/meters/99", "", phone).status == 404);
  CHECK(api.mine(Method::post, "/my/meters", R"({"code":"wrong"})", phone).status == 404);
  CHECK(api.mine(Method::post, "/my/meters", R"({"code":")" + code + "\"}", phone).status == 200);
  CHECK(api.mine(Method::put, "/my/account", Homes::account_of("王小明", "zh-CN"), phone).status == 200);
  CHECK(api.rows("audit") == before);
  CHECK(api.mine(Method::put, "/my/account", Homes::account_of("王小明"), phone).status == 200);
  CHECK(api.rows("audit") == before + 1);
}

TEST_CASE("em-bound-users: thirty changes of a bound user are free, then he waits twice as long each time, ten minutes at most") {
  Homes api;
  const std::string code = api.share();
  const Phone phone = api.bind(code), other = api.bind(code);
  const std::string second = R"({"code":")" + api.share(2) + "\"}";
  int made = 0;
  const auto change = [&](const Phone& who) { return api.mine(Method::put, "/my/account", Homes::account_of("n" + std::to_string(++made)), who); };
  // What comes without the token of his page does not count: whoever sends it is not he.
  for (int i = 0; i < 40; ++i) CHECK(api.mine(Method::put, "/my/account", "{}", {phone.token, "", 0}).code == "bad_csrf");
  for (int i = 0; i < 30; ++i) CHECK(change(phone).status == 200);
  const std::int64_t before = api.rows("audit");
  const Response refused = change(phone);
  CHECK(refused.status == 429);
  CHECK(refused.code == "too_many");
  CHECK(ApiFixture::json(refused).at("retry_after_s").as_int64() == 2);
  CHECK(api.mine(Method::post, "/my/meters", second, phone).status == 429);
  CHECK(api.mine(Method::del, "/my/meters/" + std::to_string(phone.binding), "", phone).status == 429);
  CHECK(api.rows("audit") == before);
  CHECK(api.mine(Method::get, "/my/meters", "", phone).status == 200);
  CHECK(change(other).status == 200);
  std::int64_t wait = 2;
  for (int i = 0; i < 12; ++i) {
    api.now = api.now + base::seconds(static_cast<int>(wait));
    CHECK(change(phone).status == 200);
    const std::int64_t next = ApiFixture::json(change(phone)).at("retry_after_s").as_int64();
    CHECK(next == std::min<std::int64_t>(wait * 2, 600));
    wait = next;
  }
  CHECK(wait == 600);
}

TEST_CASE("em-bound-users: a change of name is in the log of every company in which he has a meter, and in no other") {
  Homes api;
  const Phone phone = api.bind(api.share());
  const std::string changed = "audit WHERE action = 'change_my_account' AND who = 'bound user 1' AND result = 'ok'";
  CHECK(api.mine(Method::put, "/my/account", Homes::account_of("Wang"), phone).status == 200);
  CHECK(api.rows(changed + " AND organisation = 1") == 1);
  CHECK(api.rows(changed) == 1);
  CHECK(api.call(Method::get, "/audit?action=change_my_account", "", api.admin).body.find("bound user 1") != std::string::npos);
  soci::session session;
  REQUIRE(open_session(session, api.site.url()));
  const std::string foreign = std::to_string(api.foreign_organisation);
  for (const char* meter : {"101", "102"})
    run_script(session, "INSERT INTO bound_meter(bound_user, organisation, site, meter, share, opening, since_ms, from_ms, ended) VALUES(1, " + foreign + ", 2, " + meter + ", 1, 0, 0, 0, '')");
  CHECK(api.mine(Method::put, "/my/account", Homes::account_of("Li"), phone).status == 200);
  CHECK(api.rows(changed + " AND organisation = 1") == 2);
  CHECK(api.rows(changed + " AND organisation = " + foreign) == 1);
  // So is the end of his session; of somebody without a meter there is nobody to tell.
  run_script(session, "UPDATE bound_meter SET until_ms = 1, ended = 'left' WHERE organisation = 1");
  CHECK(api.mine(Method::put, "/my/account", Homes::account_of("Wu"), phone).status == 200);
  CHECK(api.rows(changed) == 4);
  CHECK(api.mine(Method::del, "/my/session", "", phone).status == 204);
  CHECK(api.rows("audit WHERE action = 'end_my_session' AND organisation = " + foreign) == 1);
  CHECK(api.rows("audit WHERE organisation IS NULL AND who = 'bound user 1'") == 0);
}

TEST_CASE("em-add-scan: one bad slip keeps the others behind an address waiting for half a minute at most") {
  Homes api;
  const std::string good = api.share();
  std::int64_t longest = 0;
  for (int i = 0; i < 40; ++i) {
    const Response answer = api.mine(Method::post, "/my/share", R"({"code":"wrong"})");
    if (answer.status == 404) continue;
    REQUIRE(answer.status == 423);
    const std::int64_t wait = ApiFixture::json(answer).at("retry_after_s").as_int64();
    longest = std::max(longest, wait);
    api.now = api.now + base::seconds(static_cast<int>(wait));
  }
  CHECK(longest == 30);
  api.now = api.now + base::seconds(30);
  CHECK(api.mine(Method::post, "/my/share", R"({"code":")" + good + "\"}").status == 200);
}

TEST_CASE("em-add-scan: while the platform is busy a bound user is told so, and not that he is nobody") {
  Homes api;
  const Phone phone = api.bind(api.share());
  api.reads_full = true;
  CHECK(api.mine(Method::get, "/my/meters", "", phone).status == 503);
}
