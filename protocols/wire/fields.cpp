#include "protocols/wire/fields.hpp"

#include <boost/json/parser.hpp>

#include "protocols/wire/envelope.hpp"

namespace anju::wire {
namespace {

namespace json = boost::json;

bool at_most_characters(std::string_view text, std::size_t most) {
  if (text.size() <= most) return true;
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count <= most;
}

base::Result<> in_range(std::int64_t value, std::int64_t least, std::int64_t most) {
  if (value < least || value > most) return base::fail(Errc::bad_field);
  return {};
}

}  // namespace

Document::Document(std::string_view body) : resource_(tree_buffer_, sizeof tree_buffer_) {
  if (body.size() > kMaxPayload) {
    error_.emplace(Errc::too_large);
    return;
  }
  json::parse_options options;
  options.max_depth = kMaxDepth;
  json::parser parser(&resource_, options, parser_buffer_, sizeof parser_buffer_);
  json::error_code error;
  parser.write(body.data(), body.size(), error);
  if (error) {
    error_.emplace(Errc::not_json, error.message());
    return;
  }
  tree_.emplace(parser.release());  // moved with its memory; an assignment would copy the tree
}

base::Result<const json::object*> Document::object() const {
  if (error_) return tl::unexpected<base::Error>(*error_);
  const json::object* object = tree_->if_object();
  if (object == nullptr) return base::fail(Errc::not_json, "no object");
  return object;
}

base::Error under(std::string_view key, base::Error error) {
  std::string path(key);
  if (!error.where.empty()) path.append(error.where.front() == '[' ? "" : ".").append(error.where);
  error.where = std::move(path);
  return error;
}

base::Result<> read(const json::value& value, bool& out) {
  const bool* found = value.if_bool();
  if (found == nullptr) return base::fail(Errc::bad_field);
  out = *found;
  return {};
}

base::Result<> read(const json::value& value, std::int64_t& out) {
  const std::int64_t* found = value.if_int64();
  if (found == nullptr || *found > kMaxInteger || *found < -kMaxInteger) return base::fail(Errc::bad_field);
  out = *found;
  return {};
}

base::Result<> read(const json::value& value, std::string& out) {
  const json::string* found = value.if_string();
  if (found == nullptr) return base::fail(Errc::bad_field);
  if (!at_most_characters({found->data(), found->size()}, kMaxText)) return base::fail(Errc::too_large);
  out.assign(found->data(), found->size());
  return {};
}

base::Result<> read(const json::value& value, base::UtcMillis& out) {
  const std::int64_t* found = value.if_int64();
  if (found == nullptr || *found > kMaxInteger || *found < 0) return base::fail(Errc::bad_field);
  out = base::UtcMillis(*found);
  return {};
}

base::Result<> read(const json::value& value, base::Quantity& out) {
  const json::string* found = value.if_string();
  if (found == nullptr) return base::fail(Errc::bad_field);
  const auto quantity = base::parse_quantity({found->data(), found->size()});
  if (!quantity) return base::fail(Errc::bad_field);
  out = *quantity;
  return {};
}

base::Result<> read(const json::value& value, std::array<base::Quantity, 4>& out) {
  const json::array* found = value.if_array();
  if (found == nullptr || found->size() != out.size()) return base::fail(Errc::bad_field);
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!read((*found)[i], out[i])) return base::fail(Errc::bad_field, "[" + std::to_string(i) + "]");
  }
  return {};
}

base::Result<> read_id(const json::value& value, std::string& out) {
  const json::string* found = value.if_string();
  if (found == nullptr || !base::is_id({found->data(), found->size()})) return base::fail(Errc::bad_field);
  out.assign(found->data(), found->size());
  return {};
}

const json::value* Fields::find(std::string_view key, bool required) {
  if (error_) return nullptr;
  const json::value* value = object_->if_contains({key.data(), key.size()});
  if (value == nullptr && required) refuse(Errc::missing_field, key);
  return value;
}

Fields& Fields::need(std::string_view key, std::int64_t& out, std::int64_t least, std::int64_t most) {
  need(key, out);
  if (!error_) keep(key, in_range(out, least, most));
  return *this;
}

Fields& Fields::may(std::string_view key, std::int64_t& out, std::int64_t least, std::int64_t most) {
  if (find(key, false) != nullptr) need(key, out, least, most);
  return *this;
}

Fields& Fields::need_id(std::string_view key, std::string& out) {
  if (const auto* value = find(key, true)) keep(key, read_id(*value, out));
  return *this;
}

}  // namespace anju::wire
