// Gateways: list, one with its lines and devices, registration with its key.

#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/secrets.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

constexpr std::size_t kMostLines = 32;

bool is_line_uri(std::string_view uri) {
  // mqtt: no line at all, the devices behind it speak the wire themselves.
  return uri.starts_with("serial:///") || uri.starts_with("tcp://") || uri.starts_with("modbus-tcp://") || uri.starts_with("mqtt://");
}

std::vector<wire::ArchiveLine> lines_of(Fields& fields) {
  std::vector<wire::ArchiveLine> lines;
  for (Fields& line : fields.objects("lines", kMostLines)) {
    wire::ArchiveLine row{base::LineId(line.id("id")), line.text("uri", 1, 300)};
    if (!is_line_uri(row.uri)) line.refuse("uri", "must begin with serial:///, tcp://, modbus-tcp:// or mqtt://");
    fields.take(line);
    lines.push_back(std::move(row));
  }
  return lines;
}

}  // namespace

void list_gateways(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const Scope scope = asked_scope(call, arguments);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  auto ask = [scope, &board = api.ports().board, now = call.now](Queries& queries) {
    const auto gateways = queries.gateways(scope);
    if (!gateways) return query_failed(gateways.error());
    boost::json::array rows;
    for (const GatewayRow& row : *gateways) rows.push_back(json_of(row, board.word(row.id).get(), now));
    return json_response(rows);
  };
  api.read(std::move(reply), std::move(ask));
}

void get_gateway(const Call& call, Api& api, Reply reply) {
  auto ask = [scope = call.caller.scope(), id = std::string(call.parameter("gateway")), &board = api.ports().board,
              &broker = api.ports().broker, now = call.now](Queries& queries) {
    const auto gateway = queries.gateway(scope, id);
    if (!gateway) return query_failed(gateway.error());
    if (!*gateway) return refuse(Refusal::not_found);
    boost::json::object shown = json_of(**gateway, board.word(id).get(), now);
    shown["broker"] = json_of(broker);
    return json_response(shown);
  };
  api.read(std::move(reply), std::move(ask));
}

void create_gateway(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  CreateGateway order;
  order.id = fields.id("id");
  order.name = fields.text("name", 1, 60);
  order.site = fields.id("site");
  if (fields.has("reading_minutes")) order.reading_minutes = fields.integer("reading_minutes", 1, 1440);
  order.lines = lines_of(fields);
  const std::string key = fields.has("key") ? fields.digits("key", 64, true) : draw_gateway_key();
  if (fields.problem()) return reply(refuse(*fields.problem()));

  // The key file comes first, so that a gateway never exists without one; it goes again when the ledger refuses.
  auto keep = [&api, call, order, key, reply] {
    const auto closed = api.ports().queries.closed(call.caller.scope().organisation);
    if (!closed) return reply(query_failed(closed.error()));
    if (*closed) return reply(refuse(base::Error(Errc::disabled, "organisation")));
    if (!api.ports().keep_key(order.id, key))
      return reply(refuse(Refusal::conflict, "the key file of this id exists already or cannot be written", "id"));
    Reply or_drop = [&api, id = order.id, reply](Response response) {
      if (response.status >= 400) api.ports().drop_key(id);
      reply(std::move(response));
    };
    auto show = [id = order.id, key, broker = api.ports().broker](const Answer&, const Reply& created) {
      created(json_response({{"id", id}, {"key", key}, {"broker", json_of(broker)}}, 201));
    };
    auto detail = wire::detail({{"gateway", order.id}, {"name", order.name}, {"site", order.site}});
    api.submit(call, order, std::move(detail), or_drop, std::move(show));
  };
  if (!api.run().store(std::move(keep))) reply(refuse(Refusal::busy));
}

}  // namespace anju::platform
