// serve: builds the parts from leaf to root, runs, stops.

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <optional>
#include <string>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "platform/app/certificate.hpp"
#include "platform/app/config.hpp"
#include "platform/app/key_folder.hpp"
#include "platform/app/verbs.hpp"
#include "platform/domain/organisation.hpp"
#include "platform/http/server.hpp"
#include "platform/http/static_files.hpp"
#include "platform/ingest/ingest.hpp"
#include "platform/jobs/job_queue.hpp"
#include "platform/jobs/retention_job.hpp"
#include "platform/messages/messenger.hpp"
#include "platform/messages/smtp.hpp"
#include "platform/messages/webhook.hpp"
#include "platform/sheets/sheet_reader.hpp"
#include "platform/sheets/xlsx_writer.hpp"
#include "platform/store/jobs.hpp"
#include "platform/store/analysis.hpp"
#include "platform/store/bound_users.hpp"
#include "platform/store/enrolment.hpp"
#include "platform/store/gateway_places.hpp"
#include "platform/store/points.hpp"
#include "platform/store/releases.hpp"
#include "platform/store/messages.hpp"
#include "platform/store/database.hpp"
#include "platform/store/ledger_store.hpp"
#include "platform/store/housing.hpp"
#include "platform/store/organisation_desk.hpp"
#include "platform/store/queries.hpp"
#include "platform/store/records.hpp"
#include "platform/store/retention.hpp"
#include "platform/store/reports.hpp"
#include "platform/store/users.hpp"

namespace anju::platform {
namespace {

constexpr base::Millis kPatience = base::seconds(2);  ///< for requests under way when the program is told to stop

/// The folder of exports and imports.
std::string prepare_files(const std::string& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (!failed) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, failed);
  if (failed || ::access(folder.c_str(), R_OK | W_OK | X_OK) != 0) return "files = " + folder + " cannot be made or is not writable for this user";
  return {};
}

/// The first line of a file that holds a secret; nothing: it cannot be read, or is empty.
std::optional<std::string> read_secret(const std::string& file) {
  std::ifstream from(file);
  std::string line;
  if (!std::getline(from, line)) return std::nullopt;
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  if (line.empty()) return std::nullopt;
  return line;
}

struct Providers {
  std::unique_ptr<MessageProvider> sms, mail;
  std::string problem;  ///< empty: all is well
};

Providers make_providers(const Config& config) {
  Providers made;
  if (!config.webhook.url.empty()) {
    const auto secret = read_secret(config.webhook.secret_file);
    if (!secret) return {{}, {}, "messages.webhook.secret_file = " + config.webhook.secret_file + " cannot be read, or is empty"};
    made.sms = create_webhook({config.webhook.url, *secret, config.webhook.ca_file});
  }
  if (!config.smtp.url.empty()) {
    const SmtpConfig& smtp = config.smtp;
    const auto password = smtp.user.empty() ? std::string() : read_secret(smtp.password_file);
    if (!password) return {{}, {}, "messages.smtp.password_file = " + smtp.password_file + " cannot be read, or is empty"};
    made.mail = create_smtp({smtp.url, smtp.from, smtp.user, *password, smtp.ca_file, smtp.tls}, system_now);
  }
  return made;
}

/// Of this machine's clock.
std::int32_t utc_offset_minutes() {
  const std::time_t seconds = system_now().value / 1000;
  std::tm local{};
  return ::localtime_r(&seconds, &local) == nullptr ? 0 : static_cast<std::int32_t>(local.tm_gmtoff / 60);
}

struct Offer {
  EnrolmentOffer offer;
  std::string problem;  ///< empty: all is well
};

Offer make_offer(const Config& config) {
  Offer made;
  made.offer.broker_url = config.enrolment.broker_url;
  made.offer.login = config.dynamic_security;
  const EnrolmentConfig& enrolment = config.enrolment;
  if (!enrolment.ca_file.empty()) {
    const PemFile read = read_certificates("enrolment.ca_file", enrolment.ca_file);
    if (!read.problem.empty()) return {{}, read.problem};
    made.offer.ca = read.text;
  }
  if (!enrolment.certificate_file.empty()) {
    const PemFile read = read_certificates("enrolment.certificate_file", enrolment.certificate_file);
    if (!read.problem.empty()) return {{}, read.problem};
    made.offer.pin = certificate_pin(read.text);
  }
  return made;
}

struct Releases {
  ReleaseOffer offer;
  std::string problem;  ///< empty: all is well
};

Releases make_release_offer(const Config& config, const std::string& pin) {
  Releases made{{ReleaseShelf(config.releases.folder), config.public_url, pin, {}}, {}};
  if (made.problem = made.offer.shelf.prepare(); !made.problem.empty()) return made;
  const std::string& file = config.releases.keys;
  if (file.empty()) return made;
  std::ifstream from(file);
  const std::string text{std::istreambuf_iterator<char>(from), std::istreambuf_iterator<char>()};
  auto keys = wire::parse_release_keys(text);
  // An empty file of keys would be taken for none, and everything for signed.
  if (!from.is_open() || !keys || keys->empty())
    made.problem = "releases.keys = " + file + " " + (!from.is_open() ? "cannot be read" : !keys ? keys.error().where + " is no key" : "has no key in it");
  else
    made.offer.keys = std::move(*keys);
  return made;
}

/// What the broker is to know: every gateway that has a key. Nothing: the database does not answer.
std::optional<std::vector<BrokerLogin>> logins_of(const KeyFolder& keys, const Config& config) {
  const auto places = read_gateway_places(config.database);
  if (!places) return std::nullopt;
  std::vector<BrokerLogin> logins;
  for (const GatewayPlace& place : *places) {
    const auto key = keys.read_text(place.gateway);
    if (key) logins.push_back({place.site, place.gateway, broker_password(*key)});
  }
  return logins;
}

int listen_failed(const Config& config, const base::Error& error) {
  const std::string port = std::to_string(config.port);
  if (error.is(ListenErrc::in_use))
    return complain(config.file + ": listen: " + error.where + "; see who holds it with: ss -ltnp 'sport = :" + port +
                    "' - end that program or change `listen`");
  if (error.is(ListenErrc::forbidden))
    return complain(config.file + ": listen: " + error.where + "; ports below 1024 need root: use a higher one");
  return complain(config.file + ": listen: " + error.where + "; use an address of this machine, e.g. 127.0.0.1:8080");
}

}  // namespace

int serve(const Config& config) {
  spdlog::set_default_logger(spdlog::stdout_logger_mt("platform"));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  spdlog::set_level(spdlog::level::from_str(config.log_level));
  spdlog::flush_on(spdlog::level::debug);
  // Threads inherit the mask: the signals are taken by this thread alone, below.
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : {SIGTERM, SIGINT}) sigaddset(&signals, number);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);

  const KeyFolder keys(config.keys);
  if (const auto problem = keys.prepare(); !problem.empty()) return complain(config.file + ": " + problem);
  if (const int missing = database_missing(config); missing != 0) return missing;
  const auto store = open_ledger_store(config.database);
  if (!store) return database_wrong(config, store.error());
  const auto users = open_user_store(config.database);
  if (!users) return database_wrong(config, users.error());
  ServerOptions options;
  options.host = config.host;
  options.port = config.port;
  options.web = config.web;
  options.proxy = config.proxy;
  // The directory of meters is read while the ledger reads its state: with a million meters each takes seconds.
  auto opening = std::async(std::launch::async, [&config, connections = options.read_threads + 1] {  // and the thread of the jobs
    return open_queries(config.database, connections);
  });
  const auto records = open_records(config.database, options.read_threads);
  if (!records) return database_wrong(config, records.error());
  const auto organisations = open_organisation_desk(config.database);
  if (!organisations) return database_wrong(config, organisations.error());
  EventHub hub;
  const auto housing = open_housing(config.database, options.read_threads, &hub);
  if (!housing) return database_wrong(config, housing.error());
  if (const auto problem = prepare_files(config.files); !problem.empty()) return complain(config.file + ": " + problem);
  const auto sheets = create_xlsx_writer(config.files);
  const auto reader = create_sheet_reader();
  // Exports and imports have connections of their own, so that neither requests nor the office's changes wait for them.
  const auto job_records = open_records(config.database, 1);
  if (!job_records) return database_wrong(config, job_records.error());
  const auto job_store = open_job_store(config.database);
  if (!job_store) return database_wrong(config, job_store.error());
  JobQueue jobs({**job_store, config.files, system_now, [](std::string_view line) { spdlog::error("{}", line); }});
  if (const auto recovered = jobs.recover(); !recovered) return database_wrong(config, recovered.error());
  const auto reports = open_reports(config.database, options.read_threads);
  if (!reports) return database_wrong(config, reports.error());
  const auto analysis = open_analysis(config.database, options.read_threads);
  if (!analysis) return database_wrong(config, analysis.error());
  const auto points = open_points(config.database, 1);
  if (!points) return database_wrong(config, points.error());
  if (!StaticFiles(config.web).present())
    spdlog::warn(
        "web = \"{}\" holds no console (index.html); the API is served without it - build web/ and set `web` to its "
        "dist folder",
        config.web);

  std::atomic<bool> broken = false;
  const auto providers = make_providers(config);
  if (!providers.problem.empty()) return complain(config.file + ": " + providers.problem);
  const auto messages = open_message_desk(config.database, 1, {providers.sms != nullptr, providers.mail != nullptr}, &hub);
  if (!messages) return database_wrong(config, messages.error());
  const auto message_store = open_message_store(config.database, &hub);
  if (!message_store) return database_wrong(config, message_store.error());
  const auto bound = open_bound_desk(config.database, options.read_threads);
  if (!bound) return database_wrong(config, bound.error());
  const auto enrolments = open_enrolment_desk(config.database);
  if (!enrolments) return database_wrong(config, enrolments.error());
  const auto offer = make_offer(config);
  if (!offer.problem.empty()) return complain(config.file + ": " + offer.problem);
  const auto releases = open_release_desk(config.database);
  if (!releases) return database_wrong(config, releases.error());
  const auto release_offer = make_release_offer(config, offer.offer.pin);
  if (!release_offer.problem.empty()) return complain(config.file + ": " + release_offer.problem);
  const auto release_files = (*releases)->files();
  if (!release_files) return database_wrong(config, release_files.error());
  release_offer.offer.shelf.sweep(*release_files);
  Messenger messenger({**message_store, providers.sms.get(), providers.mail.get(), system_now, [](std::string_view line) { spdlog::warn("{}", line); }});
  if (const auto recovered = messenger.recover(); !recovered) return database_wrong(config, recovered.error());
  IngestPorts ports;
  ports.store = store->get();
  ports.notifier = &hub;
  ports.keys = [&keys](const std::string& gateway) { return keys.read(gateway); };
  if (config.dynamic_security) ports.logins = [&keys, &config] { return logins_of(keys, config); };
  ports.clock = system_now;
  ports.log = [](const std::string& line) { spdlog::info("{}", line); };
  ports.failed = [&broken](const std::string& why) {
    spdlog::critical("stopping, nothing more is decided: {}", why);
    broken = true;
    ::kill(::getpid(), SIGTERM);
  };
  const auto ingest = Ingest::create(config.mqtt, {"+"}, std::move(ports));
  if (!ingest) return complain(config.file + ": " + words(ingest.error()));
  const auto queries = opening.get();
  if (!queries) return database_wrong(config, queries.error());

  Ports api_ports{(*ingest)->desk(),
                  **queries,
                  **users,
                  **records,
                  **organisations,
                  **housing,
                  **job_records,
                  *sheets,
                  *reader,
                  jobs,
                  config.files,
                  **reports,
                  **analysis,
                  **points,
                  **messages,
                  **bound,
                  (*ingest)->board(),
                  {config.mqtt.url, !config.mqtt.user.empty(), !config.mqtt.tls.ca_file.empty()},
                  [&keys](const std::string& gateway, const std::string& key) { return keys.write(gateway, key); },
                  [&keys](const std::string& gateway) { (void)keys.remove(gateway); },
                  **enrolments,
                  offer.offer,
                  [&keys, &ingest](const std::string& gateway, const std::string& key) {
                    const bool kept = keys.replace(gateway, key);
                    (*ingest)->key_changed(gateway);  // also when it is not sure to be durable: the file may be there
                    return kept;
                  },
                  [&keys, &ingest](const std::string& gateway) {
                    const bool gone = keys.remove(gateway);
                    (*ingest)->key_changed(gateway);
                    return gone;
                  },
                  [&keys](const std::string& gateway) { return keys.read_text(gateway); },
                  system_now,
                  [](std::string_view line) { spdlog::error("{}", line); },
                  **releases,
                  release_offer.offer};
  const auto server = Server::create(options, std::move(api_ports), hub, config.auth);
  if (!server) return listen_failed(config, server.error());

  const auto retention = open_retention(config.database);
  if (!retention) return database_wrong(config, retention.error());
  OrderDesk& desk = (*ingest)->desk();
  const auto tell = [&desk](const std::string& wrong, std::int64_t meter) {
    desk.submit(Order{Scope{kSystemOrganisation}, "platform", system_now(), TellRetention{wrong, meter}}, [](const Outcome&) {});
  };
  RetentionJob old_readings({**retention, config.keep_readings_days, system_now, utc_offset_minutes, tell, [](std::string_view line) { spdlog::info("{}", line); }});

  (*ingest)->start();
  (*server)->start();
  jobs.start();
  messenger.start();
  if (config.keep_readings_days != 0) old_readings.start();
  spdlog::info("serving http://{}:{}/ from {}", config.host, (*server)->port(), shown_url(config.database));
  int number = 0;
  sigwait(&signals, &number);
  spdlog::info("stopping: no further requests, then the ledger's queue is decided and stored");
  (*server)->stop(kPatience);
  old_readings.stop();
  messenger.stop();
  jobs.stop();
  (*ingest)->stop();
  spdlog::info("stopped");
  return broken ? 1 : 0;
}

}  // namespace anju::platform
