// Messages through the whole API and the real store.

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr const char* kSubscriber = R"({"name":"罗先生","mobile":"186-9855 7165","mail":"luo@example.com","language":"zh-CN","kinds":["cut_off","reconnected"]})";

std::string subscribers(std::int64_t version, const std::string& rows) { return R"({"version":)" + number(version) + R"(,"rows":[)" + rows + "]}"; }

void sql(Office& office, const std::string& script) {
  soci::session session;
  REQUIRE(open_session(session, office.site.url()));
  run_script(session, script);
}

/// Everything that happened becomes messages.
void follow(Office& office) {
  const auto store = open_message_store(office.site.url(), nullptr);
  REQUIRE(store);
  while ((*store)->follow(office.now).value_or(false)) {
  }
}

}  // namespace

TEST_CASE("em-notify: subscribers of a meter are changed as a whole; who may not see personal data sees masks and keeps what they stand for") {
  Office office;
  auto list = office.ask(Method::get, "/meters/1/subscribers", {}, 200);
  CHECK(list.at("rows").as_array().empty());
  CHECK(list.at("household").is_null());
  list = office.ask(Method::put, "/meters/1/subscribers", subscribers(0, kSubscriber), 200);
  CHECK(list.at("version").as_int64() == 1);
  CHECK(list.at("rows").at(0).at("mobile").as_string() == "18698557165");
  office.refused(Method::put, "/meters/1/subscribers", subscribers(0, kSubscriber), 409, "conflict", "version");
  CHECK(office.site.count("SELECT count(*) FROM audit WHERE action = 'change_subscribers' AND result = 'ok' AND detail LIKE '%rows=1%'") == 1);
  CHECK(office.site.count("SELECT count(*) FROM audit WHERE detail LIKE '%186%'") == 0);

  office.ApiFixture::add("editor", 1, {"meter:read", "meter:edit"}, false, false);
  const Session editor = office.log_in("editor");
  auto masked = Office::json(office.call(Method::get, "/meters/1/subscribers", "", editor));
  auto row = masked.at("rows").at(0).as_object();
  CHECK(row.at("mobile").as_string() == "186****7165");
  CHECK(row.at("name").as_string() != "罗先生");
  row["kinds"] = boost::json::array{"low_balance_1"};
  const std::string changed = subscribers(1, boost::json::serialize(row));
  CHECK(office.call(Method::put, "/meters/1/subscribers", changed, editor).status == 200);
  list = office.ask(Method::get, "/meters/1/subscribers", {}, 200);
  CHECK(list.at("rows").at(0).at("mobile").as_string() == "18698557165");
  CHECK(list.at("rows").at(0).at("mail").as_string() == "luo@example.com");
  CHECK(list.at("rows").at(0).at("name").as_string() == "罗先生");
  CHECK(list.at("rows").at(0).at("kinds").at(0).as_string() == "low_balance_1");
  // A mask of nothing that is there stands for nothing.
  row["id"] = 9;
  CHECK(office.call(Method::put, "/meters/1/subscribers", subscribers(2, boost::json::serialize(row)), editor).status == 400);

  std::string eleven;
  for (int i = 0; i < 11; ++i) eleven += (i == 0 ? "" : ",") + std::string(kSubscriber);
  for (const auto& [rows, field] : std::vector<std::pair<std::string, std::string>>{
                                    {eleven, "rows"},
                                    {R"({"name":"x","language":"en","kinds":["cut_off"]})", "rows.mobile"},
                                    {R"({"name":"x","mobile":"13800000001","language":"en","kinds":[]})", "rows.kinds"},
                                    {R"({"name":"x","mobile":"13800000001","language":"en","kinds":["gateway_offline"]})", "rows.kinds"},
                                    {R"({"name":"x","mobile":"12","language":"en","kinds":["cut_off"]})", "rows.mobile"},
                                    {R"({"name":"x","mail":"a@b\r\nBcc: c@d","language":"en","kinds":["cut_off"]})", "rows.mail"},
                                    {R"({"name":"x","mobile":"13800000001","language":"fr","kinds":["cut_off"]})", "rows.language"}}) {
    CAPTURE(rows);
    const auto refused = office.ask(Method::put, "/meters/1/subscribers", subscribers(2, rows), 400);
    CHECK_MESSAGE(std::string(refused.at("field").as_string()).starts_with("rows"), refused.at("field").as_string().c_str());
    CHECK(std::string(refused.at("field").as_string()).ends_with(field.substr(field.rfind('.') + 1)));
  }
  CHECK(office.ask(Method::get, "/meters/1/subscribers", {}, 200).at("version").as_int64() == 2);
}

TEST_CASE("al-inbox: everybody reads his own messages, with a count of the unread, and nobody else's") {
  Office office;
  follow(office);
  auto page = office.ask(Method::get, "/inbox?page_size=100", {}, 200);
  const auto all = static_cast<std::int64_t>(page.at("rows").as_array().size());
  REQUIRE(all > 3);
  CHECK(page.at("unread").as_int64() == all);
  CHECK(page.at("total").as_int64() == all);
  for (const auto& row : page.at("rows").as_array()) {
    CHECK_FALSE(row.at("words").at("text").at("zh").as_string().empty());
    CHECK_FALSE(row.at("words").at("title").at("en").as_string().empty());
    CHECK_FALSE(row.at("read").as_bool());
  }
  const std::string first = number(page.at("rows").at(0).at("id").as_int64());
  office.ask(Method::post, "/inbox/" + first + "/read", {}, 204);
  CHECK(office.ask(Method::get, "/inbox", {}, 200).at("unread").as_int64() == all - 1);
  CHECK(office.ask(Method::get, "/inbox?unread=true&page_size=100", {}, 200).at("rows").as_array().size() == static_cast<std::size_t>(all - 1));

  const Session foreign = office.log_in("foreign"), nobody = office.log_in("nobody");
  CHECK(Office::json(office.call(Method::get, "/inbox", "", foreign)).at("total").as_int64() == 0);
  CHECK(Office::json(office.call(Method::get, "/inbox", "", nobody)).at("total").as_int64() == 0);
  CHECK(office.call(Method::post, "/inbox/" + first + "/read", "", foreign).status == 404);

  // Up to what was seen; what came later stays unread.
  const std::int64_t newest = page.at("rows").at(0).at("at").as_int64(), oldest = page.at("rows").at(static_cast<std::size_t>(all - 1)).at("at").as_int64();
  REQUIRE(oldest < newest);
  office.ask(Method::post, "/inbox/read", R"({"through":)" + number(newest - 1) + "}", 204);
  const auto rest = office.ask(Method::get, "/inbox?unread=true", {}, 200);
  for (const auto& row : rest.at("rows").as_array()) CHECK(row.at("at").as_int64() == newest);
  office.ask(Method::post, "/inbox/read", R"({"through":)" + number(newest) + "}", 204);
  CHECK(office.ask(Method::get, "/inbox", {}, 200).at("unread").as_int64() == 0);
  office.refused(Method::post, "/inbox/read", R"({"through":"now"})", 400, "bad_field", "through");
}

TEST_CASE("sm-packages: bought by those who may, once per key, never changed") {
  Office office;
  auto stock = office.ask(Method::get, "/sms-packages", {}, 200);
  CHECK(stock.at("remaining").as_int64() == 0);
  const std::string order = R"({"id":"p1","count":500,"price":"25.00","note":"十一月"})";
  const auto made = office.ask(Method::post, "/sms-packages", order, 201);
  CHECK(made.at("price").as_string() == "25.00");
  CHECK(made.at("by").as_string() == "admin");
  CHECK(office.ask(Method::post, "/sms-packages", order, 201).at("id") == made.at("id"));
  office.refused(Method::post, "/sms-packages", R"({"id":"p1","count":501,"price":"25.00","note":"十一月"})", 409, "key_reused", "id");
  office.ask(Method::post, "/sms-packages", R"({"id":"p2","count":10,"price":"0"})", 201);
  stock = office.ask(Method::get, "/sms-packages", {}, 200);
  CHECK(stock.at("remaining").as_int64() == 510);
  CHECK(stock.at("bought").as_int64() == 510);
  CHECK(stock.at("used").as_int64() == 0);
  CHECK_FALSE(stock.at("low").as_bool());
  REQUIRE(stock.at("rows").as_array().size() == 2);
  CHECK(stock.at("rows").at(0).at("count").as_int64() == 10);
  office.refused(Method::post, "/sms-packages", R"({"id":"p3","count":0,"price":"1"})", 400, "bad_field", "count");
  office.refused(Method::post, "/sms-packages", R"({"id":"p3","count":1,"price":"-1"})", 400, "bad_field", "price");
  office.refused(Method::post, "/sms-packages", R"({"id":"p3","count":1,"price":1})", 400, "bad_field", "price");
  const Session foreign = office.log_in("foreign");
  CHECK(Office::json(office.call(Method::get, "/sms-packages", "", foreign)).at("bought").as_int64() == 0);
  soci::session session;
  REQUIRE(open_session(session, office.site.url()));
  CHECK_THROWS_AS(run_script(session, "UPDATE sms_package SET count = 1000000"), soci::soci_error);
}

TEST_CASE("al-push-all: counted first, confirmed, then told to staff at once and listed; the same key is one announcement") {
  Office office;
  sql(office, "INSERT INTO opening(id, organisation, site, key, meter, customer, mobile, unit, settlement_method, voltage, opened_on_ms, area, address, note, start_ms,"
              " start_total_e4, billed_e4, recharge, adjustment, at_ms, by) VALUES(1, 1, 1, 'k', 1, '罗先生', '18698557165', '', 'cash', '', 0, '', '', '', 0, 0, 0, 0, 0, 0, 'x')");
  const auto words = [](const std::string& id, const std::string& more) { return R"({"id":")" + id + R"(","title":"停水通知","text":"明天停水","sms":true,"inbox":true,)" + more + "}"; };
  const auto count = office.ask(Method::post, "/announcements", words("a1", R"("dry":true)"), 200);
  CHECK(count.at("households").as_int64() == 1);
  const std::int64_t staff = count.at("staff").as_int64();
  CHECK(staff >= 1);
  CHECK(count.at("ways").at("sms").as_bool());
  CHECK(office.total("/announcements") == 0);
  office.refused(Method::post, "/announcements", words("a1", R"("dry":false,"households":2,"staff":)" + number(staff)), 409, "conflict", "receivers");
  office.refused(Method::post, "/announcements", words("a1", R"("dry":false,"sites":["nowhere"],"households":1,"staff":1)"), 404, "not_found", "sites");
  office.refused(Method::post, "/announcements", R"({"id":"a1","title":"x","text":"y","sms":false,"inbox":false,"dry":true})", 400, "bad_field", "sms");
  const std::string confirmed = words("a1", R"("dry":false,"households":1,"staff":)" + number(staff));
  const auto made = office.ask(Method::post, "/announcements", confirmed, 201);
  CHECK(made.at("sites").is_null());
  CHECK(office.ask(Method::post, "/announcements", confirmed, 201).at("id") == made.at("id"));
  CHECK(office.total("/announcements") == 1);
  CHECK(office.ask(Method::get, "/inbox", {}, 200).at("rows").at(0).at("words").at("text").at("en").as_string() == "明天停水");
  office.refused(Method::post, "/announcements", words("a1", R"("dry":false,"sites":["site"])"), 409, "key_reused", "id");
}

TEST_CASE("messages: what left is listed by scope, masked without the right, and sent again by hand") {
  Office office;
  office.ask(Method::put, "/meters/1/subscribers", subscribers(0, R"({"name":"罗先生","mobile":"18698557165","language":"zh-CN","kinds":["low_balance_1","low_balance_2","cut_off"]})"), 200);
  follow(office);
  auto page = office.ask(Method::get, "/messages?page_size=100", {}, 200);
  const std::int64_t all = page.at("total").as_int64();
  REQUIRE(all > 0);
  CHECK(page.at("ways").at("sms").as_bool());
  CHECK_FALSE(page.at("ways").at("mail").as_bool());
  CHECK(page.at("rows").at(0).at("state").as_string() == "pending");
  CHECK(page.at("rows").at(0).at("next_at").is_int64());
  CHECK(office.total("/meters/1/messages") == all);
  CHECK(office.total("/messages?site=site&state=pending&channel=sms") == all);
  CHECK(office.total("/messages?state=sent") == 0);
  CHECK(office.total("/messages?channel=mail") == 0);
  office.refused(Method::get, "/messages?state=lost", {}, 400, "bad_field", "state");

  const std::string id = number(page.at("rows").at(0).at("id").as_int64());
  office.refused(Method::post, "/messages/" + id + "/resend", {}, 409, "conflict", "state");
  sql(office, "UPDATE delivery SET state = 'failed', error = 'http_422' WHERE id = " + id);
  CHECK(office.ask(Method::post, "/messages/" + id + "/resend", {}, 200).at("state").as_string() == "pending");
  CHECK(office.site.count("SELECT count(*) FROM audit WHERE action = 'resend_message' AND result = 'ok'") == 1);

  const auto masked = Office::json(office.call(Method::get, "/meters/1/messages", "", office.log_in("reader")));
  CHECK(masked.at("rows").at(0).at("address").as_string() == "186****7165");
  const Session foreign = office.log_in("foreign");
  CHECK(Office::json(office.call(Method::get, "/messages", "", foreign)).at("total").as_int64() == 0);
  CHECK(office.call(Method::post, "/messages/" + id + "/resend", "", foreign).status == 404);
  CHECK(office.call(Method::get, "/meters/1/messages", "", foreign).status == 404);
}

TEST_CASE("messages: a test goes to one's own mobile, if there is one") {
  Office office;
  office.refused(Method::post, "/messages/test", R"({"channel":"sms"})", 400, "bad_field", "channel");
  office.ask(Method::put, "/session/profile", R"({"name":"admin","phone":"13800000001"})", 204);
  const auto made = office.ask(Method::post, "/messages/test", R"({"channel":"sms"})", 201);
  CHECK(made.at("kind").as_string() == "test");
  CHECK(made.at("address").as_string() == "13800000001");
  office.refused(Method::post, "/messages/test", R"({"channel":"pigeon"})", 400, "bad_field", "channel");
}
