#pragma once

// The whole API without sockets or threads: a stored site that lived two days, two organisations, people with and
// without rights, and a clock that the test moves. Everything runs inside the call.

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "platform/http/api.hpp"
#include "platform/http/secrets.hpp"
#include "platform/store/queries.hpp"
#include "platform/store/users.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

namespace anju::platform {

/// Decides and stores at once.
class PromptDesk : public OrderDesk {
 public:
  explicit PromptDesk(StoredSite& site) : site_(site) {}
  void submit(Order order, std::function<void(Outcome)> answer) override {
    if (refuses) return answer(base::fail(*refuses));
    const auto outcome = site_.ledger->decide(order, order.at);
    site_.commit();
    answer(outcome);
  }
  [[nodiscard]] std::int64_t waiting() const override { return 0; }
  std::optional<Errc> refuses;

 private:
  StoredSite& site_;
};

class SilentBoard : public GatewayBoard {
 public:
  [[nodiscard]] std::shared_ptr<const GatewayWord> word(const std::string&) const override { return nullptr; }
  [[nodiscard]] bool broker_connected() const override { return true; }
};

/// Fails on request; everything else goes to the real store.
class FailingUserStore : public UserStore {
 public:
  explicit FailingUserStore(UserStore& real) : real_(real) {}
  bool audit_fails = false, password_fails = false;
  base::Result<std::optional<User>> find_user(std::string_view login) override { return real_.find_user(login); }
  base::Result<std::int64_t> add_user(const NewUser& user) override { return real_.add_user(user); }
  base::Result<> set_password(std::int64_t user, std::string_view hash, bool must) override {
    if (password_fails) return base::fail(Errc::store_failed, "disk full");
    return real_.set_password(user, hash, must);
  }
  base::Result<> add_session(const SessionRecord& session) override { return real_.add_session(session); }
  base::Result<std::optional<Found>> find_session(std::string_view hash) override { return real_.find_session(hash); }
  base::Result<> touch_session(std::string_view hash, base::UtcMillis seen) override {
    return real_.touch_session(hash, seen);
  }
  base::Result<> remove_session(std::string_view hash) override { return real_.remove_session(hash); }
  base::Result<> remove_other_sessions(std::int64_t user, std::string_view kept) override {
    return real_.remove_other_sessions(user, kept);
  }
  base::Result<> remove_sessions_before(base::UtcMillis a, base::UtcMillis b) override {
    return real_.remove_sessions_before(a, b);
  }
  base::Result<> append_audit(std::span<const AuditEntry> entries) override {
    if (audit_fails) return base::fail(Errc::store_failed, "disk full");
    return real_.append_audit(entries);
  }
  base::Result<AuditCheck> check_audit() override { return real_.check_audit(); }

 private:
  UserStore& real_;
};

struct Session {
  std::string token, csrf;
};

struct ApiFixture {
  StoredSite site;
  base::UtcMillis now;
  std::unique_ptr<UserStore> real_users;
  std::unique_ptr<FailingUserStore> users;
  std::unique_ptr<Queries> queries;
  PromptDesk desk{site};
  SilentBoard board;
  std::map<std::string, std::string> keys;
  std::vector<std::string> log;
  AuthRules rules;
  std::unique_ptr<Api> api;
  std::int64_t foreign_organisation = 0;
  bool passwords_full = false, reads_full = false;

  static constexpr const char* kPassword = "correct horse";

  ApiFixture() {
    site.live_a_day(7);
    now = site.now;
    const auto foreign = add_site(site.url(), {"Other", "elsewhere", "Elsewhere", 480, 100'000}, now);
    REQUIRE(foreign);
    foreign_organisation = foreign->organisation;
    auto opened = open_user_store(site.url());
    REQUIRE(opened);
    real_users = std::move(*opened);
    users = std::make_unique<FailingUserStore>(*real_users);
    auto asked = open_queries(site.url(), 2);
    REQUIRE(asked);
    queries = std::move(*asked);
    rules.password_cost = {1, 8192};  // the least libsodium takes: the cost itself has its own test
    add("admin", 1, {}, true, false);
    add("reader", 1, {"meter:read"}, false, false);
    add("nobody", 1, {}, false, false);
    add("fresh", 1, {}, true, true);
    add("foreign", foreign_organisation, {}, true, false);
    make_api();
  }

  void add(const std::string& login, std::int64_t organisation, std::vector<std::string> permissions, bool all,
           bool must_change) {
    NewUser user;
    user.organisation = organisation;
    user.login = user.name = login;
    user.password_hash = hash_password(kPassword, rules.password_cost);
    user.must_change_password = must_change;
    user.all_permissions = all;
    user.permissions = std::move(permissions);
    REQUIRE(users->add_user(user));
  }

  /// Also a restart: sessions live in the store, lock-outs in memory.
  void make_api() {
    const Executor at_once = [](Task task) {
      task();
      return true;
    };
    const Executor passwords = [this](Task task) {
      if (passwords_full) return false;
      task();
      return true;
    };
    const Executor reads = [this](Task task) {
      if (reads_full) return false;
      task();
      return true;
    };
    Ports ports{
        desk,
        *queries,
        *users,
        board,
        {"mqtts://broker.example:8884", true, true},
        [this](const std::string& gateway, const std::string& key) { return keys.emplace(gateway, key).second; },
        [this](const std::string& gateway) { keys.erase(gateway); },
        [this] { return now; },
        [this](std::string_view line) { log.emplace_back(line); }};
    api = std::make_unique<Api>(ports, Executors{at_once, reads, at_once, passwords}, rules);
  }

  Response send(Request request) {
    std::optional<Response> answer;
    api->handle(std::move(request), [&answer](Response response) {
      CHECK_MESSAGE(!answer, "answered twice");
      answer = std::move(response);
    });
    REQUIRE(answer);
    return *answer;
  }

  Response call(Method method, const std::string& target, const std::string& body = {}, const Session& session = {}) {
    Request request;
    REQUIRE(parse_target("/api/v1" + target, request));
    request.method = method;
    request.body = body;
    request.content_type = "application/json";
    request.session_token = session.token;
    request.csrf_token = session.csrf;
    request.address = "192.0.2.1";
    return send(std::move(request));
  }

  Response try_login(const std::string& login, const std::string& password, const std::string& address = "192.0.2.1") {
    Request request;
    request.method = Method::post;
    request.path = "/api/v1/session";
    request.content_type = "application/json";
    request.address = address;
    request.body = R"({"user":")" + login + R"(","password":")" + password + "\"}";
    return send(std::move(request));
  }

  Session log_in(const std::string& login) {
    const Response response = try_login(login, kPassword);
    REQUIRE_MESSAGE(response.status == 200, response.body);
    Session session;
    for (const auto& [name, value] : response.headers)
      if (name == "Set-Cookie") session.token = value.substr(13, value.find(';') - 13);
    session.csrf = json(response).at("csrf_token").as_string().c_str();
    REQUIRE(session.token.size() == 43);
    return session;
  }

  static boost::json::value json(const Response& response) { return boost::json::parse(response.body); }
};

}  // namespace anju::platform
