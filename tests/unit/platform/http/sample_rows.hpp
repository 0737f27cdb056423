#pragma once

// The smallest body that a resource of the catalogue takes, made from its descriptor: what is required, references to row 1.

#include <string>

#include "platform/catalog/resource.hpp"

namespace anju::platform {

inline std::string sample_value(const catalog::Field& field) {
  using catalog::FieldType;
  switch (field.type) {
    case FieldType::text:
      if (field.format == catalog::Format::mobile) return "\"13900000000\"";
      if (field.format == catalog::Format::permissions) return R"(["home:read"])";
      if (field.format == catalog::Format::email) return "\"a@example.com\"";
      if (field.name == "gateway") return "\"gw\"";  // that of the fixture
      return '"' + std::string(static_cast<std::size_t>(field.least), '1') + '"';
    case FieldType::decimal: return '"' + std::to_string(field.least) + '"';
    case FieldType::integer: return std::to_string(field.least);
    case FieldType::choice: return '"' + std::string(field.choices.front().value) + '"';
    case FieldType::flag: return "true";
    case FieldType::date: return "\"2026-11-21\"";
    case FieldType::reference: return "1";
  }
  return "null";
}

/// changing: of version 1. Otherwise a new row, of the site "site" where it needs one.
inline std::string sample_body(const catalog::Resource& resource, bool changing) {
  std::string body = changing ? R"("version":1)" : resource.place == catalog::Place::site ? R"("site":"site")" : "";
  for (const catalog::Field& field : resource.fields) {
    if (!field.required || (changing && field.fixed)) continue;
    body += (body.empty() ? "\"" : ",\"") + std::string(field.name) + "\":" + sample_value(field);
  }
  return "{" + body + "}";
}

}  // namespace anju::platform
