// `anju-gateway read`: some identifiers of a DL/T645 meter, exactly as it says them; of other meters their registers and how they stand.

#include <iostream>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/config.hpp"
#include "gateway/app/shell.hpp"
#include "gateway/app/verbs.hpp"
#include "gateway/core/meter.hpp"
#include "protocols/dlt645/identifier.hpp"
#include "protocols/dlt645/value.hpp"

namespace anju::gateway {
namespace {

Outcome ask(LineShell& line, const Meter& meter, LineFrame request) {
  Exchange exchange;
  exchange.device = meter.id;
  exchange.request = std::move(request);
  exchange.preamble = static_cast<std::size_t>(meter.profile.preamble);
  exchange.format = meter.format;
  exchange.pause = pause_of(meter);
  exchange.timeout = timeout_of(meter);
  exchange.priority = Priority::commissioning;
  return line.exchange(std::move(exchange));
}

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
  const auto reply = read_reply_of(ask(line, meter, std::move(*request)));
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

/// Of a meter without identifiers.
boost::json::object read_item(LineShell& line, const Meter& meter, Item item, std::string_view unit) {
  boost::json::object entry;
  entry["di"] = item == Item::status ? "status" : "registers";
  auto request = read_request(meter, item);
  const Outcome outcome = request ? ask(line, meter, std::move(*request)) : Outcome(base::pass(request));
  auto& values = entry["values"].emplace_array();
  if (item == Item::status) {
    const auto supply = supply_of(meter, outcome);
    if (!supply) entry["error"] = text_of(supply.error());
    if (supply) entry[switch_name(meter)] = supply->moving ? "moving" : switch_text(meter, relay_of(*supply, false));
    return entry;
  }
  const auto registers = registers_of(meter, outcome);
  if (!registers) {
    entry["error"] = text_of(registers.error());
    return entry;
  }
  values.emplace_back(base::format(registers->total));
  if (registers->tariffs) {
    for (const auto& tariff : *registers->tariffs) values.emplace_back(base::format(tariff));
  }
  entry["unit"] = unit;
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
  for (const char* name : {"relay", "valve"}) {
    if (entry.contains(name)) std::cout << name << " " << entry.at(name).as_string().c_str();
  }
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
  const auto profiles = load_profile_folders(options.profiles);
  if (!profiles) {
    std::cerr << profiles.error().where << "\n";
    return 2;
  }
  const auto meter = make_meter(device, *uri, *profiles);
  if (!meter) {
    std::cerr << "--address or profile: " << text_of(meter.error()) << "\n";
    return 2;
  }
  const auto* dlt645 = std::get_if<Dlt645Meter>(&meter->speech);
  if (dlt645 == nullptr && !options.identifiers.empty()) {
    std::cerr << "--di is for DL/T645; this is " << options.profile.dialect << "\n";
    return 2;
  }
  std::vector<dlt645::DataId> wanted;
  for (const auto& text : options.identifiers) {
    const auto di = dlt645::DataId::parse(text);
    if (!di) {
      std::cerr << "--di " << text << ": eight hex digits (four for 1997), like 00010000\n";
      return 2;
    }
    wanted.push_back(*di);
  }
  std::vector<Item> items;
  for (const auto item : {options.profile.tariffs && has(*meter, Item::energy) ? Item::energy : Item::energy_total, Item::status}) {
    if (!has(*meter, item)) continue;
    if (dlt645 == nullptr) items.push_back(item);
    if (dlt645 != nullptr && options.identifiers.empty()) wanted.push_back(*identifier(item, dlt645->edition));
  }
  for (const auto& remark : remarks_of(*meter)) std::cerr << remark << "\n";
  LineShell line(*uri);
  if (const auto opened = line.open(); !opened) {
    std::cerr << opened.error().where << "\n";
    return 2;
  }
  boost::json::array entries;
  bool all = true;
  const auto tell = [&](boost::json::object entry) {
    all = all && !entry.contains("error");
    if (!options.json) print(entry);
    entries.push_back(std::move(entry));
  };
  for (const auto& di : wanted) tell(read_one(line, *meter, di));
  for (const auto item : items) tell(read_item(line, *meter, item, unit_of(*meter)));
  if (options.json) {
    boost::json::object object;
    object["address"] = options.address;
    object["readings"] = std::move(entries);
    if (const auto* modbus = std::get_if<ModbusMeter>(&meter->speech)) object["confirmed"] = modbus->profile->confirmed;
    std::cout << boost::json::serialize(object) << "\n";
  }
  return all ? 0 : 1;
}

}  // namespace anju::gateway
