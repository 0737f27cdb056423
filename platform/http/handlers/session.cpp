// Login, logout, the own session and password.

#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"

namespace anju::platform {

void log_in(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  // As it was given, also where a login from before has a blank at its end.
  Auth::Login login{fields.secret("user", 1, 64), fields.secret("password", 1, 256), call.request.address};
  if (fields.has("merchant")) login.merchant = fields.text("merchant", 0, 20);
  if (fields.problem()) return reply(refuse(*fields.problem()));

  Reply named = [reply = std::move(reply), who = login.login](Response response) {
    response.audit.who = who;
    reply(std::move(response));
  };
  api.auth().log_in(std::move(login), call.now, std::move(named));
}

void get_session(const Call& call, Api&, Reply reply) {
  Response response;
  response.body = session_json(call.caller);
  reply(std::move(response));
}

void log_out(const Call& call, Api& api, Reply reply) {
  api.auth().log_out(call.caller, std::move(reply));
}

void change_password(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  std::string old_password = fields.secret("old_password", 1, 256);
  std::string new_password = fields.secret("new_password", 10, 256);
  if (fields.problem()) return reply(refuse(*fields.problem()));

  api.auth().change_password(call.caller, std::move(old_password), std::move(new_password), call.now, std::move(reply));
}

}  // namespace anju::platform
