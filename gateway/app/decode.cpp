// `anju-gateway decode`: a frame told as JSON.

#include <algorithm>
#include <array>
#include <iostream>

#include <boost/json/serialize.hpp>

#include "gateway/app/verbs.hpp"
#include "gateway/local/explained.hpp"
#include "protocols/cjt188/explain.hpp"
#include "protocols/dlt645/explain.hpp"
#include "protocols/modbus/explain.hpp"

namespace anju::gateway {
namespace {

struct Protocol {
  std::string_view name;  ///< as --protocol says it
  base::Explanation (*explain)(base::ByteView bytes);
};

constexpr std::array kProtocols{
    Protocol{"dlt645", dlt645::explain},
    Protocol{"cjt188", cjt188::explain},
    Protocol{"modbus-rtu", modbus::explain},
    Protocol{"modbus-tcp", modbus::explain_tcp},
};

}  // namespace

std::string text_of(const base::Error& error) {
  return error.where.empty() ? std::string(error.code) : std::string(error.code) + ": " + error.where;
}

int decode_frame(const DecodeOptions& options) {
  const auto protocol = std::ranges::find(kProtocols, options.protocol, &Protocol::name);
  if (protocol == kProtocols.end()) {
    std::cerr << "--protocol " << options.protocol << " is not known: there is";
    for (const auto& [name, explain] : kProtocols) std::cerr << " " << name;
    std::cerr << "\n";
    return 2;
  }
  std::string hex;
  for (const auto& part : options.hex) hex += part + " ";
  const auto bytes = base::from_hex(hex);
  if (!bytes || bytes->empty()) {
    std::cerr << "these are no hex bytes: write them like 68 61 01 00 00 00 00 68 11 04 33 33 34 33 14 16\n";
    return 1;
  }
  const auto explanation = protocol->explain(*bytes);
  if (explanation.refused) std::cerr << "not a frame: " << text_of(*explanation.refused) << "\n";
  std::cout << boost::json::serialize(to_json(explanation)) << "\n";
  return explanation.refused ? 1 : 0;
}

}  // namespace anju::gateway
