// What is not about one tenant's things: is the platform alive, what does it offer.

#include "platform/http/api.hpp"
#include "platform/http/error.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/openapi.hpp"
#include "platform/http/present.hpp"

namespace anju::platform {

void get_health(const Call&, Api& api, Reply reply) {
  const bool broker = api.ports().board.broker_connected();
  const std::int64_t queue = api.ports().desk.waiting();
  auto ask = [broker, queue](Queries& queries) {
    const auto gone = queries.old_readings();
    const bool store = gone.has_value();
    boost::json::object answer{{"status", broker && store ? "ok" : "degraded"}, {"broker", broker}, {"store", store}, {"queue", queue}};
    if (gone) answer["readings_gone"] = gone->readings;
    return json_response(answer);
  };
  api.read(std::move(reply), std::move(ask));
}

void get_openapi(const Call&, Api&, Reply reply) {
  Response response;
  response.body = std::string(openapi_text());
  reply(std::move(response));
}

void open_events(const Call&, Api&, Reply reply) {
  reply(refuse(Refusal::bad_field, "Upgrade must be websocket: this address is a stream of events", "Upgrade"));
}

}  // namespace anju::platform
