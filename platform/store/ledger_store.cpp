#include "platform/store/ledger_store.hpp"

#include <soci/soci.h>

#include "platform/store/audit_chain.hpp"
#include "platform/store/database.hpp"
#include "platform/store/households.hpp"
#include "platform/store/journal.hpp"
#include "platform/store/ledger_load.hpp"
#include "platform/store/ledger_writer.hpp"
#include "platform/store/referrers.hpp"
#include "platform/store/sites.hpp"
#include "platform/store/words.hpp"

namespace anju::platform {
namespace {

class SociLedgerStore : public LedgerStore {
 public:
  explicit SociLedgerStore(std::string url) : url_(std::move(url)) {}
  soci::session& session() { return session_; }

  void prepare(std::size_t block_rows) { writer_ = std::make_unique<LedgerWriter>(session_, block_rows); }

  base::Result<Loaded> load() override {
    return guarded("load", [&]() -> base::Result<Loaded> {
      soci::transaction reading(session_);
      return load_ledger(session_, url_);
    });
  }

  base::Result<> commit(const Batch& batch) override {
    auto committed = guarded("commit", [&]() -> base::Result<> {
      writer_->prepare();
      return immediately(session_, [&]() -> base::Result<> {
        Pipeline pipeline(session_);
        writer_->write(batch);
        pipeline.end();
        write_audit(session_, batch.audit);
        return {};
      });
    });
    if (!committed) writer_->forget();
    return committed;
  }

  base::Result<std::optional<StoredRecharge>> find_recharge(std::int64_t organisation, std::string_view key) override {
    return guarded("find_recharge", [&]() -> base::Result<std::optional<StoredRecharge>> {
      long long owner = organisation, id = 0, site = 0, meter = 0, transfer = 0, at = 0, amount = 0, balance = 0;
      std::string text(key), method, note, by;
      session_ << "SELECT r.id, r.site, r.meter, r.transfer, r.at_ms, r.amount_micro_yuan, r.method, r.note, r.by,"
                  " t.balance_micro_yuan FROM recharge r JOIN transfer t ON t.id = r.transfer"
                  " WHERE r.organisation = :organisation AND r.key = :key",
          soci::use(owner), soci::use(text), soci::into(id), soci::into(site), soci::into(meter), soci::into(transfer),
          soci::into(at), soci::into(amount), soci::into(method), soci::into(note), soci::into(by), soci::into(balance);
      if (!session_.got_data()) return std::nullopt;
      StoredRecharge found;
      found.id = id;
      found.owner = {static_cast<std::int32_t>(organisation), static_cast<std::int32_t>(site)};
      found.key = text;
      found.meter = meter;
      found.transfer = transfer;
      found.at = base::UtcMillis(at);
      found.amount = base::Money(amount);
      found.method = parse_word<PayMethod>(method, 5);
      found.note = note;
      found.by = by;
      found.balance_after = base::Money(balance);
      return found;
    });
  }

  base::Result<std::optional<SavedCommand>> find_command(std::int64_t organisation, std::string_view code) override {
    return guarded("find_command", [&]() -> base::Result<std::optional<SavedCommand>> {
      long long owner = organisation, id = 0;
      std::string text(code);
      session_ << "SELECT id FROM command WHERE organisation = :organisation AND code = :code", soci::use(owner), soci::use(text),
          soci::into(id);
      if (!session_.got_data()) return std::nullopt;
      auto found = load_commands(session_, "id = " + std::to_string(id));
      if (found.empty()) return std::nullopt;
      return std::move(found.front());
    });
  }

  base::Result<KnownSites> known_sites(std::string_view code) override {
    return guarded("known_sites", [&]() -> base::Result<KnownSites> {
      long long newest = 0, taken = 0;
      const std::string text(code);
      session_ << "SELECT coalesce(max(id), 0), coalesce(sum(CASE WHEN code = :code THEN 1 ELSE 0 END), 0) FROM site", soci::use(text),
          soci::into(newest), soci::into(taken);
      return KnownSites{newest, taken != 0};
    });
  }

  base::Result<bool> names_meter(std::int64_t meter) override {
    return guarded("names_meter", [&]() -> base::Result<bool> { return find_referrer(session_, "meter", meter, kGoWithMeter).has_value(); });
  }

  base::Result<std::optional<std::string>> referrer_of_site(std::int64_t site) override {
    return guarded("referrer_of_site", [&] { return find_referrer_of_site(session_, site); });
  }

  base::Result<std::optional<StoredDocument>> find_document(std::int64_t organisation, std::string_view key) override {
    return guarded("find_document", [&]() -> base::Result<std::optional<StoredDocument>> { return platform::find_document(session_, organisation, key); });
  }

  base::Result<Boundary> find_boundary(std::int64_t meter) override {
    return guarded("find_boundary", [&]() -> base::Result<Boundary> { return platform::find_boundary(session_, meter); });
  }

  base::Result<std::optional<StoredReading>> find_reading(std::int64_t id) override {
    return guarded("find_reading", [&]() -> base::Result<std::optional<StoredReading>> {
      soci::transaction reading(session_);
      const auto place = Journal(session_).reading(id);
      if (!place) return std::nullopt;
      StoredReading found = place.row().reading;
      found.reason = {};  // it would not outlive its block
      return found;
    });
  }

 private:
  std::string url_;
  soci::session session_;
  std::unique_ptr<LedgerWriter> writer_;
};

}  // namespace

base::Result<std::unique_ptr<LedgerStore>> open_ledger_store(const std::string& url, std::size_t block_rows) {
  auto store = std::make_unique<SociLedgerStore>(url);
  if (auto opened = open_session(store->session(), url); !opened) return base::pass(opened);
  if (auto migrated = migrate(store->session()); !migrated) return base::pass(migrated);
  return guarded("prepare", [&]() -> base::Result<std::unique_ptr<LedgerStore>> {
    store->prepare(block_rows);
    return std::unique_ptr<LedgerStore>(std::move(store));
  });
}

}  // namespace anju::platform
