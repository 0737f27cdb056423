#include "platform/ingest/dynamic_security.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "protocols/wire/topic.hpp"

namespace anju::platform {
namespace {

namespace json = boost::json;

constexpr std::string_view kOurs = "anju gateway";       ///< the name of every client that is made here
constexpr std::string_view kPlatformRole = "anju-platform";

/// With signs that no id has: "a-b" of site "c" and "b" of site "c-a" would be one role otherwise, and one would hear the other.
std::string role_of(const BrokerLogin& login) { return "anju:" + login.site + "/" + login.gateway; }

json::object allow(std::string_view what, std::string topic) { return {{"acltype", what}, {"topic", std::move(topic)}, {"priority", 0}, {"allow", true}}; }

/// Its own topics, up and down apart: a gateway that was broken into can neither order what another has to do nor speak for it.
json::object make_role(const BrokerLogin& login) {
  const auto topic = [&](wire::Channel channel) { return wire::format({base::SiteId(login.site), base::GatewayId(login.gateway), channel, {}}); };
  const std::string own = "anju/v1/" + login.site + "/" + login.gateway;
  json::array rights{allow("publishClientSend", topic(wire::Channel::up)), allow("publishClientSend", topic(wire::Channel::state)), allow("publishClientSend", own + "/live/#"),
                     allow("publishClientReceive", own + "/down/#"), allow("subscribePattern", own + "/down/#"), allow("unsubscribePattern", own + "/down/#")};
  return {{"command", "createRole"}, {"rolename", role_of(login)}, {"textname", kOurs}, {"acls", std::move(rights)}};
}

json::object make_client(const BrokerLogin& login) {
  // Under no other client id: the broker hands a connection over to whoever comes with its id, the platform's, too.
  return {{"command", "createClient"}, {"username", login.gateway},        {"clientid", login.gateway}, {"password", login.password},
          {"textname", kOurs},         {"textdescription", mark_of(login)}, {"roles", json::array{json::object{{"rolename", role_of(login)}, {"priority", 0}}}}};
}

json::object of_client(std::string_view command, std::string_view user) { return {{"command", command}, {"username", user}}; }

/// Nobody may what no role allows, also where somebody has said otherwise.
json::object deny_the_rest() {
  json::array rights;
  for (const char* what : {"publishClientSend", "subscribe"}) rights.push_back(json::object{{"acltype", what}, {"allow", false}});
  return {{"command", "setDefaultACLAccess"}, {"acls", std::move(rights)}};
}

json::object platform_role() {
  json::array rights{allow("publishClientSend", "anju/v1/#")};
  return {{"command", "createRole"}, {"rolename", kPlatformRole}, {"acls", std::move(rights)}};
}

std::string text_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  const auto* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

const json::array* array_of(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_array();
}

BrokerClient read_client(const json::object& object) {
  BrokerClient client;
  client.user = text_of(object, "username");
  client.mark = text_of(object, "textdescription");
  client.ours = text_of(object, "textname") == kOurs;
  const auto* disabled = object.if_contains("disabled");
  client.disabled = disabled != nullptr && disabled->is_bool() && disabled->get_bool();
  if (const auto* roles = array_of(object, "roles"))
    for (const auto& role : *roles)
      if (const auto* one = role.if_object()) client.roles.push_back(text_of(*one, "rolename"));
  return client;
}

void read_list(const json::object& one, BrokerAnswer& answer) {
  const auto* data = one.if_contains("data");
  const auto* object = data == nullptr ? nullptr : data->if_object();
  const auto* clients = object == nullptr ? nullptr : array_of(*object, "clients");
  if (clients == nullptr) return;
  answer.listed = true;
  for (const auto& client : *clients)
    if (const auto* row = client.if_object()) answer.clients.push_back(read_client(*row));
}

std::vector<std::string> in_portions(std::vector<json::object> commands) {
  std::vector<std::string> payloads;
  for (std::size_t from = 0; from < commands.size(); from += kMostCommands) {
    json::array portion;
    for (std::size_t i = from; i < std::min(from + kMostCommands, commands.size()); ++i) portion.push_back(std::move(commands[i]));
    payloads.push_back(json::serialize(json::object{{"commands", std::move(portion)}}));
  }
  return payloads;
}

}  // namespace

std::string mark_of(const BrokerLogin& login) {
  const std::string text = "anju mark 2\n" + login.site + "\n" + login.gateway + "\n" + login.password;
  unsigned char digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  constexpr std::size_t kBytes = 8;
  char hex[2 * kBytes + 1];
  sodium_bin2hex(hex, sizeof hex, digest, kBytes);
  return hex;
}

std::string ask_for_clients() { return R"({"commands":[{"command":"listClients","verbose":true,"count":-1,"offset":0}]})"; }

BrokerAnswer read_broker_answer(std::string_view payload) {
  BrokerAnswer answer;
  json::error_code error;
  const json::value parsed = json::parse(json::string_view(payload.data(), payload.size()), error);
  const auto* object = error ? nullptr : parsed.if_object();
  const auto* responses = object == nullptr ? nullptr : array_of(*object, "responses");
  if (responses == nullptr) return answer;
  answer.understood = true;
  for (const auto& response : *responses) {
    const auto* one = response.if_object();
    if (one == nullptr) continue;
    const std::string command = text_of(*one, "command"), problem = text_of(*one, "error");
    if (command == "listClients" && problem.empty()) read_list(*one, answer);
    if (!problem.empty() && problem != "Role already exists") answer.problems.push_back(command + ": " + problem);
  }
  return answer;
}

std::vector<std::string> made_by_hand(const std::vector<BrokerLogin>& wanted, const std::vector<BrokerClient>& known, std::string_view own) {
  std::vector<std::string> names;
  for (const BrokerLogin& login : wanted) {
    const auto same = [&](const BrokerClient& client) { return client.user == login.gateway && !client.ours; };
    if (login.gateway != own && std::any_of(known.begin(), known.end(), same)) names.push_back(login.gateway);
  }
  return names;
}

std::vector<std::string> reconcile(const std::vector<BrokerLogin>& wanted, const std::vector<BrokerClient>& known, std::string_view own) {
  std::map<std::string_view, const BrokerClient*> there;
  for (const BrokerClient& client : known) there[client.user] = &client;
  std::vector<json::object> commands;
  const auto us = there.find(own);
  if (us != there.end() && std::find(us->second->roles.begin(), us->second->roles.end(), kPlatformRole) == us->second->roles.end()) {
    commands.push_back(deny_the_rest());
    commands.push_back(platform_role());
    json::object mine = of_client("addClientRole", own);
    mine["rolename"] = kPlatformRole;
    mine["priority"] = 0;
    commands.push_back(std::move(mine));
  }
  std::set<std::string_view> named;
  for (const BrokerLogin& login : wanted) {
    if (login.gateway == own) continue;  // a gateway of our own name gets nothing, least of all our rights
    named.insert(login.gateway);
    const auto found = there.find(login.gateway);
    const bool same = found != there.end() && found->second->ours && !found->second->disabled && found->second->mark == mark_of(login);
    if (same || (found != there.end() && !found->second->ours)) continue;
    // Deleting ends its connection: the box before is out at once.
    if (found != there.end()) commands.push_back(of_client("deleteClient", login.gateway));
    commands.push_back(make_role(login));
    commands.push_back(make_client(login));
  }
  for (const BrokerClient& client : known)
    if (client.ours && !client.disabled && !named.contains(client.user)) commands.push_back(of_client("disableClient", client.user));
  return in_portions(std::move(commands));
}

}  // namespace anju::platform
