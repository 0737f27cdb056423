#include "platform/ingest/dynamic_security.hpp"

#include <doctest/doctest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

using namespace anju::platform;

namespace {

const BrokerLogin kOne{"garden", "gw-1", "11112222333344445555666677778888"};
const BrokerLogin kTwo{"court", "gw-2", "aaaabbbbccccddddeeeeffff00001111"};
constexpr std::string_view kUs = "platform";

BrokerClient us(bool with_role = true) {
  BrokerClient client;
  client.user = kUs;
  client.roles = {"admin"};
  if (with_role) client.roles.push_back("anju-platform");
  return client;
}
BrokerClient known(const BrokerLogin& login) {
  BrokerClient client;
  client.user = login.gateway;
  client.mark = mark_of(login);
  client.ours = true;
  client.roles = {"anju:" + login.site + "/" + login.gateway};
  return client;
}
/// As this version makes it.
BrokerRole role(const BrokerLogin& login) {
  const std::string own = "anju/v1/" + login.site + "/" + login.gateway;
  return {"anju:" + login.site + "/" + login.gateway,
          {{"publishClientSend", own + "/up", true}, {"publishClientSend", own + "/state", true}, {"publishClientSend", own + "/live/#", true},
           {"publishClientReceive", own + "/down/#", true}, {"subscribePattern", own + "/down/#", true}, {"unsubscribePattern", own + "/down/#", true}}};
}
const BrokerRole kPlatform{"anju-platform", {{"publishClientSend", "anju/v1/#", true}}};
/// A broker that was told of these, and knows these clients.
BrokerKnows told(const std::vector<BrokerLogin>& logins, std::vector<BrokerClient> clients) {
  BrokerKnows knows{std::move(clients), {kPlatform}};
  for (const BrokerLogin& login : logins) knows.roles.push_back(role(login));
  return knows;
}

struct Said {
  std::vector<std::string> commands;  ///< "createClient gw-1"
  std::string text;
};
Said said(const std::vector<std::string>& payloads) {
  Said all;
  for (const std::string& payload : payloads) {
    all.text += payload + "\n";
    const auto parsed = boost::json::parse(payload);
    for (const auto& command : parsed.at("commands").as_array()) {
      const auto& object = command.as_object();
      std::string text(object.at("command").as_string());
      for (const char* key : {"username", "rolename"})
        if (const auto* value = object.if_contains(key)) text += " " + std::string(value->as_string());
      all.commands.push_back(std::move(text));
    }
  }
  return all;
}

}  // namespace

TEST_CASE("dynamic security: a broker that knows nobody is told everything, and one that knows all hears nothing") {
  const Said first = said(reconcile({kOne, kTwo}, {{us(false)}, {}}, kUs));
  CHECK(first.commands == std::vector<std::string>{"setDefaultACLAccess", "createRole anju-platform", "addClientRole platform anju-platform", "createRole anju:garden/gw-1",
                                                   "createClient gw-1", "createRole anju:court/gw-2", "createClient gw-2"});
  CHECK(reconcile({kOne, kTwo}, told({kOne, kTwo}, {us(), known(kOne), known(kTwo)}), kUs).empty());
}

TEST_CASE("dynamic security: a gateway may speak up and hear down of its own branch, and nothing else") {
  const Said all = said(reconcile({kOne}, told({}, {us()}), kUs));
  REQUIRE(all.commands.size() == 2);
  const auto parsed = boost::json::parse(all.text);
  std::vector<std::string> rights;
  for (const auto& right : parsed.at("commands").at(0).at("acls").as_array()) {
    CHECK(right.at("allow").as_bool());
    rights.push_back(std::string(right.at("acltype").as_string()) + " " + std::string(right.at("topic").as_string()));
  }
  CHECK(rights == std::vector<std::string>{"publishClientSend anju/v1/garden/gw-1/up", "publishClientSend anju/v1/garden/gw-1/state", "publishClientSend anju/v1/garden/gw-1/live/#",
                                           "publishClientReceive anju/v1/garden/gw-1/down/#", "subscribePattern anju/v1/garden/gw-1/down/#",
                                           "unsubscribePattern anju/v1/garden/gw-1/down/#"});
  const auto& client = parsed.at("commands").at(1);
  CHECK(client.at("password").as_string() == kOne.password);
  CHECK(client.at("clientid").as_string() == kOne.gateway);
  CHECK(client.at("roles").as_array().size() == 1);
}

TEST_CASE("dynamic security: another key or another site makes the client anew, which ends the old box's connection") {
  const BrokerLogin replaced{kOne.site, kOne.gateway, "99990000999900009999000099990000"}, moved{"court", kOne.gateway, kOne.password};
  for (const BrokerLogin& login : {replaced, moved}) {
    const Said all = said(reconcile({login}, told({}, {us(), known(kOne)}), kUs));
    REQUIRE(all.commands.size() == 3);
    CHECK(all.commands[0] == "deleteClient gw-1");
    CHECK(all.commands[2] == "createClient gw-1");
  }
}

TEST_CASE("dynamic security: rights that this version no longer means are taken from roles that are there, and missing ones given") {
  auto knows = told({kOne, kTwo}, {us(), known(kOne), known(kTwo)});
  auto& rights = knows.roles[1].rights;
  rights[2].topic = "anju/v1/garden/#";          // wider than it is meant now
  rights.push_back({"subscribeLiteral", "#", true});
  const Said all = said(reconcile({kOne, kTwo}, knows, kUs));
  CHECK(all.commands == std::vector<std::string>{"removeRoleACL anju:garden/gw-1", "removeRoleACL anju:garden/gw-1", "addRoleACL anju:garden/gw-1"});
  const auto parsed = boost::json::parse(all.text);
  CHECK(parsed.at("commands").at(0).at("topic") == "anju/v1/garden/#");
  CHECK(parsed.at("commands").at(1).at("acltype") == "subscribeLiteral");
  CHECK(parsed.at("commands").at(2).at("topic") == "anju/v1/garden/gw-1/live/#");
  CHECK(parsed.at("commands").at(2).at("allow") == true);
}

TEST_CASE("dynamic security: a right that is there the other way round is taken before it is given") {
  auto knows = told({kOne}, {us(), known(kOne)});
  knows.roles[1].rights[0].allow = false;
  knows.roles[1].rights[3].priority = -1;
  CHECK(said(reconcile({kOne}, knows, kUs)).commands == std::vector<std::string>{"removeRoleACL anju:garden/gw-1", "removeRoleACL anju:garden/gw-1",
                                                                                 "addRoleACL anju:garden/gw-1", "addRoleACL anju:garden/gw-1"});
}

TEST_CASE("dynamic security: what somebody gave the platform's own role is told and stays; what it lacks is given") {
  auto knows = told({kOne}, {us(), known(kOne)});
  CHECK(rights_by_hand(knows).empty());
  CHECK(rights_by_hand({}).empty());
  knows.roles[0].rights.push_back({"subscribePattern", "anju/v1/#", true});
  knows.roles[0].rights.push_back({"publishClientSend", "#", false});
  CHECK(reconcile({kOne}, knows, kUs).empty());
  CHECK(rights_by_hand(knows) == std::vector<std::string>{"subscribePattern anju/v1/# (allow)", "publishClientSend # (deny)"});
  knows.roles[0].rights.erase(knows.roles[0].rights.begin());
  CHECK(said(reconcile({kOne}, knows, kUs)).commands == std::vector<std::string>{"addRoleACL anju-platform"});
  // The broker has one right of a kind for a topic: giving it once more would be refused.
  knows.roles[0].rights = {{"publishClientSend", "anju/v1/#", false}};
  CHECK(reconcile({kOne}, knows, kUs).empty());
  CHECK(rights_by_hand(knows) == std::vector<std::string>{"publishClientSend anju/v1/# (deny)"});
}

TEST_CASE("dynamic security: a role that somebody took away comes back") {
  auto knows = told({}, {us(), known(kOne)});  // deleted at the broker, which takes it from its client
  knows.clients[1].roles.clear();
  CHECK(said(reconcile({kOne}, knows, kUs)).commands == std::vector<std::string>{"createRole anju:garden/gw-1", "addClientRole gw-1 anju:garden/gw-1"});
  // Of people's roles nothing is said.
  knows = told({kOne}, {us(), known(kOne)});
  knows.roles.push_back({"dashboard", {{"subscribePattern", "#", true}}});
  CHECK(reconcile({kOne}, knows, kUs).empty());
}

TEST_CASE("dynamic security: a gateway without a key is disabled once, and comes back with its next one") {
  CHECK(said(reconcile({kTwo}, told({kOne, kTwo}, {us(), known(kOne), known(kTwo)}), kUs)).commands == std::vector<std::string>{"disableClient gw-1"});
  BrokerClient off = known(kOne);
  off.disabled = true;
  CHECK(reconcile({kTwo}, told({kOne, kTwo}, {us(), off, known(kTwo)}), kUs).empty());
  CHECK(said(reconcile({kOne}, told({kOne}, {us(), off}), kUs)).commands.front() == "deleteClient gw-1");
}

TEST_CASE("dynamic security: clients of people stay, and the platform's own user is never touched, whatever a gateway is called") {
  BrokerClient person;
  person.user = "dashboard";
  CHECK(reconcile({}, told({}, {us(), person}), kUs).empty());
  BrokerClient by_hand;
  by_hand.user = kOne.gateway;
  // Whoever may name a gateway may not take a login away.
  CHECK(reconcile({kOne}, told({}, {us(), by_hand}), kUs).empty());
  CHECK(made_by_hand({kOne, kTwo}, {us(), by_hand, known(kTwo)}, kUs) == std::vector<std::string>{"gw-1"});
  CHECK(reconcile({{"garden", std::string(kUs), kOne.password}}, told({}, {us()}), kUs).empty());
}

TEST_CASE("dynamic security: no two gateways share a role, however their names are cut") {
  const BrokerLogin one{"garden", "gw-1", kOne.password}, other{"garden-gw", "1", kTwo.password};
  const Said all = said(reconcile({one, other}, told({}, {us()}), kUs));
  REQUIRE(all.commands.size() == 4);
  CHECK(all.commands[0] != all.commands[2]);
}

TEST_CASE("dynamic security: many gateways are told in portions that fit a message") {
  std::vector<BrokerLogin> many;
  for (int i = 0; i < 1000; ++i) many.push_back({std::string(64, 's'), "g" + std::to_string(i), kOne.password});
  const auto payloads = reconcile(many, told({}, {us()}), kUs);
  CHECK(payloads.size() == 10);
  for (const auto& payload : payloads) CHECK(payload.size() < 256 * 1024);
}

TEST_CASE("dynamic security: a mark tells logins apart and gives no password away") {
  CHECK(mark_of(kOne) == mark_of(kOne));
  CHECK(mark_of(kOne) != mark_of(kTwo));
  CHECK(mark_of(kOne) != mark_of({kOne.site, kOne.gateway, kTwo.password}));
  CHECK(mark_of(kOne).size() == 16);
  CHECK(kOne.password.find(mark_of(kOne)) == std::string::npos);
}

TEST_CASE("dynamic security: answers are read, and whatever else comes on that topic is none") {
  const auto list = read_broker_answer(R"({"responses":[{"command":"listClients","data":{"totalCount":2,"clients":[{"username":"platform","roles":[{"rolename":"admin"}]},
    {"username":"gw-1","textname":"anju gateway","textdescription":"0011","disabled":true,"roles":[]},7]}},{"command":"listRoles","data":{"totalCount":1,"roles":[
    {"rolename":"anju:garden/gw-1","acls":[{"acltype":"publishClientSend","topic":"a/#","priority":-1,"allow":true},{"acltype":"subscribePattern"},3]},"admin",{"rolename":"bare"}]}}]})");
  CHECK(list.understood);
  REQUIRE(list.listed);
  const auto& clients = list.knows.clients;
  REQUIRE(clients.size() == 2);
  CHECK(clients[0].roles == std::vector<std::string>{"admin"});
  CHECK_FALSE(clients[0].ours);
  CHECK(clients[1].ours);
  CHECK(clients[1].disabled);
  CHECK(clients[1].mark == "0011");
  REQUIRE(list.knows.roles.size() == 2);
  CHECK(list.knows.roles[0].rights == std::vector<BrokerRight>{{"publishClientSend", "a/#", true, -1}, {"subscribePattern", "", false, 0}});
  CHECK(list.knows.roles[1].rights.empty());
  // Half an answer would look like a broker that has no roles.
  CHECK_FALSE(read_broker_answer(R"({"responses":[{"command":"listClients","data":{"clients":[]}},{"command":"listRoles","error":"Internal error"}]})").listed);
  const auto refused = read_broker_answer(R"({"responses":[{"command":"createRole","error":"Role already exists"},{"command":"createClient","error":"Internal error"}]})");
  CHECK(refused.problems == std::vector<std::string>{"createClient: Internal error"});
  CHECK_FALSE(refused.listed);
  for (const char* text : {"", "{}", "[]", "null", "{\"responses\":1}", "\xff", "{\"responses\":[{\"command\":\"listClients\",\"data\":3}]}"}) {
    CAPTURE(text);
    CHECK_FALSE(read_broker_answer(text).listed);
  }
}
