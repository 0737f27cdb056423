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

/// Its own topics, up and down apart: a gateway that was broken into can neither order what another has to do nor speak for it.
BrokerRole role_for(const BrokerLogin& login) {
  const auto topic = [&](wire::Channel channel) { return wire::format({base::SiteId(login.site), base::GatewayId(login.gateway), channel, {}}); };
  const std::string own = "anju/v1/" + login.site + "/" + login.gateway;
  return {role_of(login),
          {{"publishClientSend", topic(wire::Channel::up), true}, {"publishClientSend", topic(wire::Channel::state), true}, {"publishClientSend", own + "/live/#", true},
           {"publishClientReceive", own + "/down/#", true}, {"subscribePattern", own + "/down/#", true}, {"unsubscribePattern", own + "/down/#", true}}};
}

BrokerRole role_of_platform() { return {std::string(kPlatformRole), {{"publishClientSend", "anju/v1/#", true}}}; }

json::object json_of(const BrokerRight& right) { return {{"acltype", right.type}, {"topic", right.topic}, {"priority", right.priority}, {"allow", right.allow}}; }

json::object of_role(std::string_view command, std::string_view role) { return {{"command", command}, {"rolename", role}}; }

bool is_about_same(const BrokerRight& one, const BrokerRight& other) { return one.type == other.type && one.topic == other.topic; }

bool has_right(const BrokerRole& role, const BrokerRight& right) { return std::find(role.rights.begin(), role.rights.end(), right) != role.rights.end(); }

const BrokerRole* find_role(const std::vector<BrokerRole>& known, std::string_view name) {
  const auto found = std::find_if(known.begin(), known.end(), [&](const BrokerRole& role) { return role.name == name; });
  return found == known.end() ? nullptr : &*found;
}

void make_role(const BrokerRole& meant, std::vector<json::object>& commands) {
  json::array rights;
  for (const BrokerRight& right : meant.rights) rights.push_back(json_of(right));
  json::object made = of_role("createRole", meant.name);
  made["textname"] = kOurs;
  made["acls"] = std::move(rights);
  commands.push_back(std::move(made));
}

void give_right(const BrokerRole& role, const BrokerRight& right, std::vector<json::object>& commands) {
  json::object given = json_of(right);
  given["command"] = "addRoleACL";
  given["rolename"] = role.name;
  commands.push_back(std::move(given));
}

/// Gives the platform's own role what it lacks. A right of the same kind and topic is none that is lacking: the broker would refuse it, every minute anew.
void complete_role(const BrokerRole& meant, const std::vector<BrokerRole>& known, std::vector<json::object>& commands) {
  const BrokerRole* found = find_role(known, meant.name);
  if (found == nullptr) return make_role(meant, commands);
  for (const BrokerRight& right : meant.rights) {
    const auto same = [&](const BrokerRight& there) { return is_about_same(there, right); };
    if (std::none_of(found->rights.begin(), found->rights.end(), same)) give_right(meant, right, commands);
  }
}

/// What makes the broker's role the one that is meant. Right by right: 2.0.11 has a command that replaces them all, but whoever is connected then keeps
/// what he had subscribed to, while these end his connection; and deleting the role would take it from its client.
void mend_role(const BrokerRole& meant, const std::vector<BrokerRole>& known, std::vector<json::object>& commands) {
  const BrokerRole* found = find_role(known, meant.name);
  if (found == nullptr) return make_role(meant, commands);
  for (const BrokerRight& right : found->rights) {
    if (has_right(meant, right)) continue;
    json::object taken = of_role("removeRoleACL", meant.name);
    taken["acltype"] = right.type;
    taken["topic"] = right.topic;
    commands.push_back(std::move(taken));
  }
  for (const BrokerRight& right : meant.rights) {
    if (!has_right(*found, right)) give_right(meant, right, commands);
  }
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

bool has_role(const BrokerClient& client, std::string_view role) { return std::find(client.roles.begin(), client.roles.end(), role) != client.roles.end(); }

json::object give_role(std::string_view user, std::string_view role) {
  json::object given = of_client("addClientRole", user);
  given["rolename"] = role;
  given["priority"] = 0;
  return given;
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

BrokerRole read_role(const json::object& object) {
  BrokerRole role{text_of(object, "rolename"), {}};
  const auto* rights = array_of(object, "acls");
  for (const auto& one : rights == nullptr ? json::array() : *rights) {
    const auto* right = one.if_object();
    if (right == nullptr) continue;
    const auto* allow = right->if_contains("allow");
    const auto* priority = right->if_contains("priority");
    const auto* number = priority == nullptr ? nullptr : priority->if_int64();
    role.rights.push_back({text_of(*right, "acltype"), text_of(*right, "topic"), allow != nullptr && allow->is_bool() && allow->get_bool(),
                           number == nullptr ? 0 : static_cast<int>(*number)});
  }
  return role;
}

/// The rows of a list; nullptr: it is none.
const json::array* rows_of(const json::object& response, std::string_view key) {
  const auto* data = response.if_contains("data");
  const auto* object = data == nullptr ? nullptr : data->if_object();
  return object == nullptr ? nullptr : array_of(*object, key);
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

std::string ask_what_broker_knows() {
  return R"({"commands":[{"command":"listClients","verbose":true,"count":-1,"offset":0},{"command":"listRoles","verbose":true,"count":-1,"offset":0}]})";
}

BrokerAnswer read_broker_answer(std::string_view payload) {
  BrokerAnswer answer;
  json::error_code error;
  const json::value parsed = json::parse(json::string_view(payload.data(), payload.size()), error);
  const auto* object = error ? nullptr : parsed.if_object();
  const auto* responses = object == nullptr ? nullptr : array_of(*object, "responses");
  if (responses == nullptr) return answer;
  answer.understood = true;
  bool clients_listed = false, roles_listed = false;
  for (const auto& response : *responses) {
    const auto* one = response.if_object();
    if (one == nullptr) continue;
    const std::string command = text_of(*one, "command"), problem = text_of(*one, "error");
    if (!problem.empty() && problem != "Role already exists") answer.problems.push_back(command + ": " + problem);
    if (!problem.empty()) continue;
    if (const auto* clients = command == "listClients" ? rows_of(*one, "clients") : nullptr) {
      clients_listed = true;
      for (const auto& client : *clients)
        if (const auto* row = client.if_object()) answer.knows.clients.push_back(read_client(*row));
    }
    if (const auto* roles = command == "listRoles" ? rows_of(*one, "roles") : nullptr) {
      roles_listed = true;
      for (const auto& role : *roles)
        if (const auto* row = role.if_object()) answer.knows.roles.push_back(read_role(*row));
    }
  }
  answer.listed = clients_listed && roles_listed;
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

std::vector<std::string> rights_by_hand(const BrokerKnows& known) {
  std::vector<std::string> rights;
  const BrokerRole* role = find_role(known.roles, kPlatformRole);
  if (role == nullptr) return rights;
  const BrokerRole meant = role_of_platform();
  for (const BrokerRight& right : role->rights)
    if (!has_right(meant, right)) rights.push_back(right.type + " " + right.topic + (right.allow ? " (allow)" : " (deny)"));
  return rights;
}

std::vector<std::string> reconcile(const std::vector<BrokerLogin>& wanted, const BrokerKnows& known, std::string_view own) {
  std::map<std::string_view, const BrokerClient*> there;
  for (const BrokerClient& client : known.clients) there[client.user] = &client;
  std::vector<json::object> commands;
  if (const auto us = there.find(own); us != there.end()) {
    const bool fresh = !has_role(*us->second, kPlatformRole);
    if (fresh) commands.push_back(deny_the_rest());
    complete_role(role_of_platform(), known.roles, commands);
    if (fresh) commands.push_back(give_role(own, kPlatformRole));
  }
  std::set<std::string_view> named;
  for (const BrokerLogin& login : wanted) {
    if (login.gateway == own) continue;  // a gateway of our own name gets nothing, least of all our rights
    named.insert(login.gateway);
    const auto found = there.find(login.gateway);
    if (found != there.end() && !found->second->ours) continue;
    const bool same = found != there.end() && !found->second->disabled && found->second->mark == mark_of(login);
    // Deleting ends its connection: the box before is out at once.
    if (found != there.end() && !same) commands.push_back(of_client("deleteClient", login.gateway));
    mend_role(role_for(login), known.roles, commands);
    if (!same) commands.push_back(make_client(login));
    if (same && !has_role(*found->second, role_of(login))) commands.push_back(give_role(login.gateway, role_of(login)));
  }
  for (const BrokerClient& client : known.clients)
    if (client.ours && !client.disabled && !named.contains(client.user)) commands.push_back(of_client("disableClient", client.user));
  return in_portions(std::move(commands));
}

}  // namespace anju::platform
