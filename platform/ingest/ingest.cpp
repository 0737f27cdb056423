#include "platform/ingest/ingest.hpp"

namespace anju::platform {

base::Result<std::unique_ptr<Ingest>> Ingest::create(mqtt::Options options, std::vector<std::string> sites, IngestPorts ports) {
  auto loaded = ports.store->load();
  if (!loaded) return base::pass(loaded);
  std::unique_ptr<Ingest> ingest(new Ingest());
  Ingest* self = ingest.get();

  LedgerThreadPorts inner;
  inner.store = ports.store;
  inner.notifier = ports.notifier;
  inner.keys = std::move(ports.keys);
  inner.clock = std::move(ports.clock);
  inner.log = ports.log;
  inner.failed = std::move(ports.failed);
  inner.publish = [self](const std::string& topic, std::string_view payload, bool retained) {
    return self->client_->publish(topic, payload, 1, retained).has_value();
  };
  ingest->ledger_ = std::make_unique<LedgerThread>(std::move(*loaded), std::move(inner));

  if (ports.logins) {
    BrokerRightsPorts rights;
    rights.logins = std::move(ports.logins);
    rights.publish = [self](std::string_view payload) { return self->client_->publish(std::string(kControlTopic), payload, 1, false).has_value(); };
    rights.log = ports.log;
    rights.own_user = options.user;
    ingest->rights_ = std::make_unique<BrokerRights>(std::move(rights));
  }

  std::vector<std::string> filters;
  if (ingest->rights_) filters.emplace_back(kControlAnswers);
  for (const std::string& site : sites) {
    for (const wire::Channel channel : {wire::Channel::state, wire::Channel::up, wire::Channel::live}) {
      filters.push_back(wire::platform_filter(site, channel));
    }
  }
  mqtt::Handlers handlers;
  // Both run on the client's own thread. A reason is said once, however often it is met again.
  auto said = std::make_shared<std::string>();
  handlers.connected = [self, said, log = ports.log] {
    log("connected to the broker");
    said->clear();
    if (self->rights_) self->rights_->connected();
    self->ledger_->broker(true);
  };
  handlers.disconnected = [self, said, log = ports.log](const std::string& why) {
    if (*said != why) log("no connection to the broker: " + why);
    *said = why;
    if (self->rights_) self->rights_->disconnected();
    self->ledger_->broker(false);
  };
  handlers.message = [self](std::string_view topic, std::string_view payload, bool) {
    if (self->rights_ && topic == kControlAnswers) return self->rights_->answer(payload);
    self->ledger_->receive(topic, payload);
  };
  auto client = mqtt::Client::create(std::move(options), std::move(filters), std::move(handlers), {});
  if (!client) return base::pass(client);
  ingest->client_ = std::move(*client);
  return ingest;
}

Ingest::~Ingest() { stop(); }

void Ingest::key_changed(const std::string& gateway) {
  ledger_->key_changed(gateway);
  if (rights_) rights_->keys_changed();
}

void Ingest::start() {
  ledger_->start();
  if (rights_) rights_->start();
  client_->start();
}

void Ingest::stop() {
  // What has arrived is still acknowledged: the connection ends last.
  if (ledger_) ledger_->stop();
  if (rights_) rights_->stop();
  if (client_) client_->stop();
}

}  // namespace anju::platform
