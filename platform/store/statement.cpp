#include "platform/store/statement.hpp"

#include <soci/error.h>

#include <utility>

namespace anju::platform {

void Statement::put_all(const std::vector<Value>& values) {
  for (const auto& value : values) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      put(*number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      put(*text);
    } else {
      prepared_->put_null();
    }
  }
}

void Statement::write_all(const std::vector<Value>& values) {
  put_all(values);
  prepared_->execute();
}

std::int64_t Statement::insert_all(const std::vector<Value>& values) {
  put_all(values);
  const auto id = prepared_->execute();
  if (!id) throw soci::soci_error("a statement without RETURNING was asked for an id");
  return *id;
}

Pipeline::~Pipeline() {
  if (!open_) return;
  try {
    end();
  } catch (const soci::soci_error&) {
    // Another exception is on its way, which says why nothing is committed.
  }
}

void Pipeline::end() {
  if (std::exchange(open_, false)) engine_of(session_).pipeline(session_, false);
}

}  // namespace anju::platform
