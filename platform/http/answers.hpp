#pragma once

// From a query's result to a response: failed is busy (and logged), absent is 404, the rest is shown by json_of.

#include <optional>
#include <utility>

#include "platform/http/api.hpp"
#include "platform/http/error.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/present.hpp"
#include "protocols/base/result.hpp"

namespace anju::platform {

/// What the session may see, and of that only the community that the request asks about (`?site=`).
[[nodiscard]] inline Scope asked_scope(const Call& call, Arguments& arguments) {
  Scope scope = call.caller.scope();
  scope.only = arguments.text("site", 64);
  return scope;
}

[[nodiscard]] inline Response query_failed(const base::Error& error) {
  Response response = refuse(Refusal::busy);
  response.fault = std::string(error.code) + " " + error.where;
  return response;
}

template <class T>
[[nodiscard]] Response answer(const base::Result<T>& result, int status = 200) {
  if (!result) return query_failed(result.error());
  return json_response(json_of(*result), status);
}

template <class T>
[[nodiscard]] Response answer(const base::Result<std::optional<T>>& result, int status = 200) {
  if (!result) return query_failed(result.error());
  if (!*result) return refuse(Refusal::not_found);
  return json_response(json_of(**result), status);
}

template <class Row>
[[nodiscard]] Response answer(const base::Result<Page<Row>>& page) {
  if (!page) return query_failed(page.error());
  return json_response({{"total", page->total}, {"rows", json_of(page->rows)}});
}

template <class Row>
[[nodiscard]] Response answer(const base::Result<std::optional<CursorPage<Row>>>& page) {
  if (!page) return query_failed(page.error());
  if (!*page) return refuse(Refusal::not_found);
  boost::json::object object{{"rows", json_of((*page)->rows)}};
  object["next"] = (*page)->next ? boost::json::value(*(*page)->next) : boost::json::value(nullptr);
  if ((*page)->since) object["since"] = (*page)->since->value;
  return json_response(object);
}

}  // namespace anju::platform
