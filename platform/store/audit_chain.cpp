#include "platform/store/audit_chain.hpp"

#include <sodium.h>
#include <soci/soci.h>

#include <array>

#include "platform/store/libpq.hpp"

namespace anju::platform {
namespace {

void feed(crypto_hash_sha256_state& state, std::string_view text) {
  const std::string length = std::to_string(text.size()) + ":";
  crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(length.data()), length.size());
  crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

}  // namespace

std::string audit_hash(std::string_view previous, const AuditEntry& entry) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  feed(state, previous);
  feed(state, std::to_string(entry.at.value));
  feed(state, entry.organisation ? std::to_string(*entry.organisation) : std::string("-"));
  feed(state, entry.who);
  feed(state, entry.address);
  feed(state, entry.action);
  feed(state, entry.object);
  feed(state, entry.detail);
  feed(state, entry.result);
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return std::string(hex.data());
}

std::string no_audit_hash() {
  return std::string(64, '0');
}

void write_audit(soci::session& session, std::span<const AuditEntry> entries) {
  if (entries.empty()) return;
  long long newest = 0;
  std::string previous = no_audit_hash();
  session << "SELECT coalesce(max(id), 0) FROM audit", soci::into(newest);
  if (newest != 0) session << "SELECT hash FROM audit WHERE id = :id", soci::use(newest), soci::into(previous);
  for (AuditEntry entry : entries) {
    // PostgreSQL refuses what is no UTF-8 and NUL; a login or a note may hold them. The hash is of what the row holds.
    for (std::string* text : {&entry.who, &entry.address, &entry.action, &entry.object, &entry.detail, &entry.result})
      if (!pg::is_storable(*text)) *text = pg::storable(*text);
    previous = audit_hash(previous, entry);
    ++newest;
    long long at = entry.at.value, organisation = entry.organisation.value_or(0);
    soci::indicator known = entry.organisation ? soci::i_ok : soci::i_null;
    session << "INSERT INTO audit(id, organisation, at_ms, who, address, action, object, detail, result, hash)"
               " VALUES(:id, :organisation, :at, :who, :address, :action, :object, :detail, :result, :hash)",
        soci::use(newest), soci::use(organisation, known), soci::use(at), soci::use(entry.who), soci::use(entry.address),
        soci::use(entry.action), soci::use(entry.object), soci::use(entry.detail), soci::use(entry.result),
        soci::use(previous);
  }
}

}  // namespace anju::platform
