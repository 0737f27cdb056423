#include "gateway/local/explained.hpp"

#include <string>
#include <type_traits>

#include <boost/json/array.hpp>

namespace anju::gateway {
namespace {

boost::json::value value_of(const base::FactValue& fact) {
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

boost::json::object to_json(const base::Explanation& explanation) {
  boost::json::object object;
  for (const auto& fact : explanation.facts) object[fact.key] = value_of(fact.value);
  if (!explanation.remarks.empty()) {
    auto& remarks = object["remarks"].emplace_array();
    for (const auto& [code, where] : explanation.remarks) remarks.emplace_back(where.empty() ? std::string(code) : std::string(code) + ": " + where);
  }
  if (explanation.refused) object["error"] = explanation.refused->code;
  return object;
}

}  // namespace anju::gateway
