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
#include "platform/http/bound_access.hpp"
#include "platform/http/secrets.hpp"
#include "platform/store/organisation_desk.hpp"
#include "platform/store/analysis.hpp"
#include "platform/store/bound_users.hpp"
#include "platform/store/enrolment.hpp"
#include "platform/store/points.hpp"
#include "platform/store/releases.hpp"
#include "platform/store/messages.hpp"
#include "platform/store/queries.hpp"
#include "platform/store/housing.hpp"
#include "platform/store/records.hpp"
#include "platform/jobs/job_queue.hpp"
#include "platform/sheets/sheet_reader.hpp"
#include "platform/sheets/xlsx_writer.hpp"
#include "platform/store/jobs.hpp"
#include "platform/store/reports.hpp"
#include "platform/store/users.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

namespace anju::platform {

/// A session of the staff opens it: it is neither open to everybody nor for bound users, whose sessions are others.
inline bool is_of_the_staff(const Route& route) { return route.permission != "public" && route.permission != kBoundPermission; }

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

/// Nobody is heard of but whom the test lets say something.
class SilentBoard : public GatewayBoard {
 public:
  std::map<std::string, wire::GatewayState> said;
  [[nodiscard]] std::shared_ptr<const GatewayWord> word(const std::string& gateway) const override {
    const auto found = said.find(gateway);
    return found == said.end() ? nullptr : std::make_shared<GatewayWord>(GatewayWord{found->second, found->second.at});
  }
  [[nodiscard]] bool broker_connected() const override { return true; }
};

/// Fails on request; everything else goes to the real store.
class FailingUserStore : public UserStore {
 public:
  explicit FailingUserStore(UserStore& real) : real_(real) {}
  bool audit_fails = false, password_fails = false;
  base::Result<std::optional<User>> find_user(std::string_view login) override { return real_.find_user(login); }
  base::Result<std::int64_t> add_user(const NewUser& user) override { return real_.add_user(user); }
  base::Result<> set_password(std::int64_t user, std::string_view expected, std::string_view hash, bool must) override {
    if (password_fails) return base::fail(Errc::store_failed, "disk full");
    return real_.set_password(user, expected, hash, must);
  }
  base::Result<> add_session(const SessionRecord& session, std::string_view hash) override { return real_.add_session(session, hash); }
  PeopleDesk& people() override { return real_.people(); }
  base::Result<std::optional<Found>> find_session(std::string_view hash) override { return real_.find_session(hash); }
  base::Result<bool> enter(std::string_view hash, std::optional<std::int64_t> organisation) override { return real_.enter(hash, organisation); }
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
  std::unique_ptr<catalog::Records> records;
  std::unique_ptr<OrganisationDesk> organisations;
  std::unique_ptr<Housing> housing;
  std::unique_ptr<SheetWriter> sheets;
  std::unique_ptr<SheetReader> reader;
  std::unique_ptr<JobStore> job_store;
  std::unique_ptr<JobQueue> jobs;  ///< without a thread: run_one()
  std::string files;
  std::unique_ptr<catalog::Reports> reports;
  std::unique_ptr<Analysis> analysis;
  std::unique_ptr<MeteringPoints> points;
  std::unique_ptr<MessageDesk> messages;
  std::unique_ptr<BoundDesk> bound;
  std::unique_ptr<EnrolmentDesk> enrolments;
  EnrolmentOffer offer{"mqtts://broker.example:8883", "-----BEGIN CERTIFICATE-----\n", true, "sha256//x"};
  bool key_fails = false;
  std::unique_ptr<ReleaseDesk> releases;
  ReleaseOffer release_offer{ReleaseShelf("")};
  PromptDesk desk{site};
  SilentBoard board;
  std::map<std::string, std::string> keys;
  std::vector<std::string> log;
  AuthRules rules;
  std::unique_ptr<Api> api;
  std::int64_t foreign_organisation = 0;
  bool passwords_full = false, reads_full = false;

  static constexpr const char* kPassword = "correct horse";

  ApiFixture();

  void add(const std::string& login, std::int64_t organisation, std::vector<std::string> permissions, bool all,
           bool must_change);

  /// Also a restart: sessions live in the store, lock-outs in memory.
  void make_api();

  Response send(Request request);

  Response call(Method method, const std::string& target, const std::string& body = {}, const Session& session = {});

  Response try_login(const std::string& login, const std::string& password, const std::string& address = "192.0.2.1");

  Session log_in(const std::string& login);

  static boost::json::value json(const Response& response) { return boost::json::parse(response.body); }
};

}  // namespace anju::platform
