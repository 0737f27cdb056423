#pragma once

// What every handler gets: the ports, the executors, the clock, and the one way a request takes through the rules
// (session, CSRF, permission, audit). Lives on the HTTP loop.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/catalog/records.hpp"
#include "platform/catalog/report.hpp"
#include "platform/domain/analysis.hpp"
#include "platform/domain/board.hpp"
#include "platform/domain/desk.hpp"
#include "platform/domain/enrolment.hpp"
#include "platform/domain/housing.hpp"
#include "platform/domain/organisation_desk.hpp"
#include "platform/domain/jobs.hpp"
#include "platform/domain/queries.hpp"
#include "platform/domain/releases.hpp"
#include "platform/domain/sheet.hpp"
#include "platform/domain/sheet_reader.hpp"
#include "platform/http/audit_log.hpp"
#include "platform/http/auth.hpp"
#include "platform/http/bound_access.hpp"
#include "platform/http/executors.hpp"
#include "platform/http/message.hpp"
#include "platform/http/release_shelf.hpp"
#include "platform/http/routes.hpp"

namespace anju::platform {

/// One request that passed the rules. The references of handlers end with the handler: what runs later copies.
struct Call {
  Request request;
  std::vector<std::pair<std::string_view, std::string>> parameters;
  Caller caller;
  base::UtcMillis now;
  AuditEntry audit;  ///< who asks for what; detail and result follow
  const catalog::Resource* resource = nullptr;  ///< of the catalogue's routes
  std::string_view permission = {};  ///< that the route asked for
  const catalog::Report* report = nullptr;  ///< of the reports' routes
  std::optional<BoundSession> bound = {};  ///< of the routes of bound users: who asks; `caller` is nobody then

  /// A {name} of the path.
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
  /// The same as a row id; anything else names no row: 0.
  [[nodiscard]] std::int64_t number(std::string_view name) const;
};

class MeteringPoints;
class MessageDesk;

/// What a box is told at its enrolment beside its own secrets.
struct EnrolmentOffer {
  std::string broker_url;  ///< as gateways reach it
  std::string ca;          ///< PEM, of the broker; empty: one that every machine knows
  bool login = false;      ///< the broker knows each gateway by its broker_password
  std::string pin;         ///< sha256//… of the certificate that the platform's address shows; empty: not known
};

/// Where gateways fetch the releases that they are to run.
struct ReleaseOffer {
  ReleaseShelf shelf;
  std::string public_url{};  ///< of this platform as gateways reach it, without a slash at its end; empty: not known, so nothing is ordered
  std::string pin{};         ///< of the certificate there (https only); empty: the machine's own authorities
  std::vector<wire::ReleaseKey> keys{};  ///< empty: signatures are the gateways' business alone
};

struct Ports {
  OrderDesk& desk;
  Queries& queries;
  UserStore& users;
  catalog::Records& records;
  OrganisationDesk& organisations;
  Housing& housing;
  catalog::Records& job_records;  ///< a second one, for the thread of the jobs
  SheetWriter& sheets;
  SheetReader& reader;
  JobDesk& jobs;
  std::string files;  ///< folder of the files that people take away; belongs to the platform alone
  catalog::Reports& reports;
  Analysis& analysis;
  MeteringPoints& points;
  MessageDesk& messages;
  BoundDesk& bound;
  GatewayBoard& board;
  Broker broker;
  /// Puts a gateway's key file in place before the gateway is created; false: it cannot be written, or there is one
  /// already.
  std::function<bool(const std::string& gateway, const std::string& key)> keep_key;
  /// Takes it away again when the gateway was not created.
  std::function<void(const std::string& gateway)> drop_key;
  EnrolmentDesk& enrolments;
  EnrolmentOffer offer;
  /// Puts another key in the place of the gateway's, durable when it returns; the one before is believed no longer. False: it cannot be written.
  std::function<bool(const std::string& gateway, const std::string& key)> replace_key;
  /// The gateway has no key any more, durable when it returns; its messages are believed no longer and its login ends. False: it has one still.
  std::function<bool(const std::string& gateway)> revoke_key;
  /// 64 hex digits; nothing: there is none. All three from any thread.
  std::function<std::optional<std::string>(const std::string& gateway)> read_key;
  std::function<base::UtcMillis()> now;
  std::function<void(std::string_view line)> log;  ///< bugs and refusals worth a line
  ReleaseDesk& releases;
  ReleaseOffer release_offer;
};

class Api {
 public:
  Api(Ports ports, Executors run, AuthRules rules);

  /// request.path: with /api/v1 in front. reply: called once, on the loop.
  void handle(Request request, Reply reply);

  /// For the WebSocket, which is no ordinary answer: the caller if this request may open the event stream.
  void admit(const Request& request, std::function<void(std::optional<Caller>)> then);

  /// Asks the queries on the read threads; a failed query is busy, a thrown one internal.
  void read(Reply reply, std::function<Response(Queries&)> question);

  /// Hands an order in; on success goes on with `then` on the loop, otherwise answers the ledger's refusal. The ledger commits the
  /// audit row, with `detail`, together with the effect; whatever is answered through the Reply that `then` gets adds no second one.
  void submit(const Call& call, decltype(Order::what) what, std::string detail, Reply reply,
              std::function<void(const Answer&, Reply)> then);

  /// Changes a record on the store thread, with its audit row; then `then` answers on that thread. A refusal is answered as the ledger's
  /// are. What is no list of a community may change somebody's rights: sessions are read again.
  void change(const Call& call, std::string detail, Reply reply,
              std::function<base::Result<std::int64_t>(catalog::Records&, const AuditEntry&)> work, std::function<Response(std::int64_t)> then);

  /// Hashes a password beside the loop and goes on there with the hash; busy when that is not possible.
  void with_password(Reply reply, std::string password, std::function<void(std::string hash)> then);

  [[nodiscard]] Ports& ports() { return ports_; }
  [[nodiscard]] Auth& auth() { return auth_; }
  [[nodiscard]] BoundAccess& bound() { return bound_; }
  [[nodiscard]] const Executors& run() const { return run_; }

  /// Once a minute.
  void sweep() {
    auth_.sweep(ports_.now());
    bound_.sweep(ports_.now());
  }

 private:
  void dispatch(const Route& route, Call call, Reply reply);
  void handle_bound(const Route& route, Call call, Reply reply);
  [[nodiscard]] Reply audited(const Call& call, Reply reply);

  Ports ports_;
  Executors run_;
  Auth auth_;
  BoundAccess bound_;
  AuditLog audit_;
};

/// The answer to an order that the ledger refused.
[[nodiscard]] Response refuse(const base::Error& error);

}  // namespace anju::platform
