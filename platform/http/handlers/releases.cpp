// 固件: releases of the gateway's program, kept for the gateways that are ordered to run them.

#include <algorithm>
#include <memory>

#include "platform/domain/errc.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/handlers.hpp"
#include "protocols/wire/detail.hpp"
#include "protocols/wire/release.hpp"

namespace anju::platform {
namespace {

constexpr std::string_view kProduct = "anju-gateway";

std::string hash_of(std::string_view bytes) {
  wire::ProgramHash hash;
  hash.add(bytes.data(), bytes.size());
  return hash.digits();
}

/// The name of the key that has signed it; nothing: none of them has.
std::optional<std::string> signer_of(const wire::ReleaseHead& head, const std::vector<wire::ReleaseKey>& keys) {
  const auto signer = std::find_if(keys.begin(), keys.end(), [&](const wire::ReleaseKey& key) { return wire::check_signature(head, {key}).has_value(); });
  if (signer == keys.end()) return std::nullopt;
  return signer->name.empty() ? "key " + std::to_string(signer - keys.begin() + 1) : signer->name;
}

/// A file that was sent, looked at whole.
struct Judged {
  NewRelease release;
  std::optional<Response> refusal;
};

Judged judge(std::string_view file, const std::vector<wire::ReleaseKey>& keys) {
  const auto head = wire::decode_release_head(file.substr(0, wire::kMaxReleaseHead));
  if (!head && head.error().is(wire::ReleaseErrc::bad_manifest)) return {{}, refuse(Refusal::not_a_release, "its manifest cannot be read: " + head.error().where, "file")};
  if (!head) return {{}, refuse(Refusal::not_a_release)};
  const wire::ReleaseManifest& manifest = head->manifest;
  if (manifest.product != kProduct) return {{}, refuse(Refusal::wrong_product)};
  const bool whole = static_cast<std::int64_t>(file.size()) == head->file_size() && hash_of(file.substr(head->size)) == manifest.sha256;
  if (!whole) return {{}, refuse(Refusal::damaged)};
  Judged judged;
  if (!keys.empty()) judged.release.signed_by = signer_of(*head, keys);
  if (!keys.empty() && !judged.release.signed_by) return {{}, refuse(Refusal::untrusted)};
  judged.release.version = manifest.version;
  judged.release.minimum = manifest.minimum;
  judged.release.architecture = manifest.architecture;
  judged.release.spool = manifest.spool;
  judged.release.size = static_cast<std::int64_t>(file.size());
  judged.release.sha256 = hash_of(file);
  return judged;
}

Response refused(Api& api, const base::Error& error) {
  if (error.is(Errc::store_failed)) api.ports().log("releases: " + error.where);
  if (error.is(Errc::conflict) && error.where == "version")
    return refuse(Refusal::conflict, "there are other bytes of this version and architecture; release them under a new number", error.where);
  if (error.is(Errc::too_many) && error.where == "own_releases")
    return refuse(Refusal::limit_reached, "an organisation keeps at most " + std::to_string(kMostOwnReleases) + " releases; delete some that nobody needs");
  if (error.is(Errc::too_many) && error.where == "releases")
    return refuse(Refusal::limit_reached, "the platform keeps at most " + std::to_string(kMostReleases) + " releases; delete some that nobody needs");
  if (error.is(Errc::in_use) && error.where == "gateways") return refuse(Refusal::in_use, "a gateway is ordered to run it; withdraw that first", error.where);
  return refuse(error);
}

/// How many gateways of the scope say that they run it. Their words are not kept over a restart, so each counts once it was heard.
std::int64_t running(Api& api, const std::vector<GatewayRow>& gateways, const NewRelease& release) {
  const std::string version = wire::to_string(release.version);
  return std::count_if(gateways.begin(), gateways.end(), [&](const GatewayRow& gateway) {
    const auto word = api.ports().board.word(gateway.id);
    if (!word || word->state.software != version) return false;
    return word->state.architecture.empty() || word->state.architecture == release.architecture;
  });
}

/// All of the scope, or the one of that id.
base::Result<boost::json::array> shown(Api& api, const Scope& scope, std::int64_t only = 0) {
  const auto releases = api.ports().releases.list(scope);
  if (!releases) return base::pass(releases);
  const auto gateways = api.ports().queries.gateways(scope);
  if (!gateways) return base::pass(gateways);
  boost::json::array rows;
  for (const ReleaseRow& row : *releases)
    if (only == 0 || row.id == only) rows.push_back(json_of(row, running(api, *gateways, row.release)));
  return rows;
}

/// Its file is kept under a name of its own already, and gets its true one with its row.
void keep(Api& api, const Reply& reply, const Scope& scope, const NewRelease& release, const std::string& received, const AuditEntry& audit) {
  const ReleaseShelf& shelf = api.ports().release_offer.shelf;
  const auto place = [&] { return shelf.place(received, release.sha256); };
  const auto added = api.ports().releases.add(scope, release, place, audit);
  shelf.forget(received);  // it is still there when it was refused
  if (!added) return reply(refused(api, added.error()));
  const auto rows = shown(api, scope, added->id);
  Response response = !rows || rows->empty() ? refuse(Refusal::busy) : json_response(rows->front(), added->created ? 201 : 200);
  response.audit.stored = true;
  reply(std::move(response));
}

}  // namespace

void list_releases(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, scope = call.caller.scope()](Queries&) {
    const auto rows = shown(api, scope);
    return rows ? json_response(*rows) : query_failed(rows.error());
  });
}

void upload_release(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const std::string note = arguments.text("note", 200).value_or("");
  if (std::any_of(note.begin(), note.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; })) arguments.refuse("note", "must not have control characters");
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  // Shared, because a function object is copied on its way to its thread, and this is up to 64 MiB.
  auto file = std::make_shared<const std::string>(call.request.body);
  auto look = [&api, reply, file = std::move(file), note, scope = call.caller.scope(), audit = call.audit]() mutable {
    Judged judged = judge(*file, api.ports().release_offer.keys);
    if (judged.refusal) return reply(std::move(*judged.refusal));
    judged.release.note = note;
    const std::string received = api.ports().release_offer.shelf.receive(*file);
    file.reset();
    if (received.empty()) return reply(refuse(Refusal::busy, "the file could not be kept; tell the operator that the disk is full", "file"));
    auto store = [&api, reply, scope, release = std::move(judged.release), received, audit] { keep(api, reply, scope, release, received, audit); };
    if (api.run().store(std::move(store))) return;
    api.ports().release_offer.shelf.forget(received);
    reply(refuse(Refusal::busy));
  };
  if (!api.run().reads(std::move(look))) reply(refuse(Refusal::busy));
}

void remove_release(const Call& call, Api& api, Reply reply) {
  auto work = [&api, reply, scope = call.caller.scope(), id = call.number("release"), audit = call.audit] {
    const auto gone = api.ports().releases.remove(scope, id, audit);
    Response response;
    response.status = 204;
    if (!gone) {
      response = refused(api, gone.error());
    } else if (!gone->empty()) {
      api.ports().release_offer.shelf.remove(*gone);
    }
    response.audit.stored = gone.has_value();
    reply(std::move(response));
  };
  if (!api.run().store(std::move(work))) reply(refuse(Refusal::busy));
}

}  // namespace anju::platform
