// `anju-gateway read`: some identifiers of one meter, exactly as it says them.

#include <iostream>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/shell.hpp"
#include "gateway/app/verbs.hpp"
#include "gateway/core/meter.hpp"
#include "protocols/dlt645/identifier.hpp"
#include "protocols/dlt645/value.hpp"

namespace anju::gateway {
namespace {

boost::json::object read_one(LineShell& line, const Meter& meter, const dlt645::DataId& di) {
  boost::json::object entry;
  entry["di"] = di.text();
  const auto* row = dlt645::find_identifier(di);
  if (row != nullptr) entry["name"] = row->name;
  const auto& speech = std::get<Dlt645Meter>(meter.speech);
  auto request = dlt645::make_request(speech.edition, speech.address, dlt645::ReadData{di, std::nullopt});
  if (!request) {
    entry["error"] = text_of(request.error());
    return entry;
  }
  Exchange exchange;
  exchange.device = meter.id;
  exchange.request = std::move(*request);
  exchange.preamble = static_cast<std::size_t>(meter.profile.preamble);
  exchange.format = meter.format;
  exchange.priority = Priority::commissioning;
  const auto reply = read_reply_of(line.exchange(std::move(exchange)));
  if (!reply) {
    entry["error"] = text_of(reply.error());
    return entry;
  }
  entry["raw"] = base::to_hex(reply->value);
  const auto value = dlt645::decode_value(di, reply->value);
  if (!value) {
    entry["error"] = text_of(value.error());
    return entry;
  }
  auto& values = entry["values"].emplace_array();
  for (const auto& item : value->items) {
    values.emplace_back(item ? boost::json::value(dlt645::text_of(*item)) : boost::json::value(nullptr));
  }
  if (row != nullptr && row->unit != dlt645::Unit::none) entry["unit"] = dlt645::to_string(row->unit);
  if (di.value == dlt645::kStatusWord3.value) {
    if (const auto status = dlt645::decode_status_word_3(reply->value)) {
      entry["relay"] = dlt645::to_string(dlt645::relay_state(*status));
      entry["keep_power"] = status->keep_power;
    }
  }
  return entry;
}

void print(const boost::json::object& entry) {
  std::cout << entry.at("di").as_string().c_str() << "  ";
  if (entry.contains("name")) std::cout << entry.at("name").as_string().c_str() << "  ";
  if (entry.contains("error")) {
    std::cout << "no value (" << entry.at("error").as_string().c_str() << ")\n";
    return;
  }
  for (const auto& value : entry.at("values").as_array())
    std::cout << (value.is_null() ? "-" : value.as_string().c_str()) << " ";
  if (entry.contains("unit")) std::cout << entry.at("unit").as_string().c_str();
  if (entry.contains("relay")) std::cout << "relay " << entry.at("relay").as_string().c_str();
  std::cout << "\n";
}

}  // namespace

int read_meter(const ReadOptions& options) {
  const auto uri = parse_line_uri(options.port);
  if (!uri) {
    std::cerr << "--port " << uri.error().where << "\n";
    return 2;
  }
  wire::ArchiveDevice device{base::DeviceId("meter"), base::LineId("line"), options.address, std::nullopt,
                             options.profile};
  const auto meter = make_meter(device, format_of(*uri));
  if (!meter) {
    std::cerr << "--address or --dialect: " << text_of(meter.error()) << "\n";
    return 2;
  }
  const auto& speech = std::get<Dlt645Meter>(meter->speech);
  std::vector<dlt645::DataId> wanted;
  for (const auto& text : options.identifiers) {
    const auto di = dlt645::DataId::parse(text);
    if (!di) {
      std::cerr << "--di " << text << ": eight hex digits (four for 1997), like 00010000\n";
      return 2;
    }
    wanted.push_back(*di);
  }
  if (wanted.empty()) {
    for (const auto item : {options.profile.tariffs ? Item::energy : Item::energy_total, Item::status}) {
      if (const auto di = identifier(item, speech.edition)) wanted.push_back(*di);
    }
  }
  LineShell line(*uri);
  if (const auto opened = line.open(); !opened) {
    std::cerr << opened.error().where << "\n";
    return 2;
  }
  boost::json::array entries;
  bool all = true;
  for (const auto& di : wanted) {
    auto entry = read_one(line, *meter, di);
    all = all && !entry.contains("error");
    if (!options.json) print(entry);
    entries.push_back(std::move(entry));
  }
  if (options.json) {
    boost::json::object object;
    object["address"] = speech.address.text();
    object["readings"] = std::move(entries);
    std::cout << boost::json::serialize(object) << "\n";
  }
  return all ? 0 : 1;
}

}  // namespace anju::gateway
