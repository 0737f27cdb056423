// `anju-gateway decode`: a frame told as JSON.

#include <iostream>
#include <type_traits>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/verbs.hpp"
#include "protocols/dlt645/explain.hpp"

namespace anju::gateway {
namespace {

boost::json::value value_of(const dlt645::FactValue& fact) {
  return std::visit(
      [](const auto& value) -> boost::json::value {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::monostate>) {
          return nullptr;
        } else if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
          boost::json::array list;
          for (const auto& text : value)
            list.emplace_back(text.empty() ? boost::json::value(nullptr) : boost::json::value(text));
          return list;
        } else if constexpr (std::is_same_v<Value, std::string>) {
          return boost::json::string_view(value);
        } else {
          return value;
        }
      },
      fact);
}

}  // namespace

std::string text_of(const base::Error& error) {
  return error.where.empty() ? std::string(error.code) : std::string(error.code) + ": " + error.where;
}

int decode_frame(const DecodeOptions& options) {
  if (options.protocol != "dlt645") {
    std::cerr << "--protocol " << options.protocol << " is not known: there is dlt645\n";
    return 2;
  }
  std::string hex;
  for (const auto& part : options.hex) hex += part + " ";
  const auto bytes = base::from_hex(hex);
  if (!bytes || bytes->empty()) {
    std::cerr << "these are no hex bytes: write them like 68 61 01 00 00 00 00 68 11 04 33 33 34 33 14 16\n";
    return 1;
  }
  const auto explanation = dlt645::explain(*bytes);
  boost::json::object object;
  for (const auto& fact : explanation.facts) object[fact.key] = value_of(fact.value);
  if (!explanation.remarks.empty()) {
    auto& remarks = object["remarks"].emplace_array();
    for (const auto& remark : explanation.remarks) remarks.emplace_back(text_of(remark));
  }
  if (explanation.refused) {
    object["error"] = explanation.refused->code;
    std::cerr << "not a frame: " << text_of(*explanation.refused) << "\n";
  }
  std::cout << boost::json::serialize(object) << "\n";
  return explanation.refused ? 1 : 0;
}

}  // namespace anju::gateway
