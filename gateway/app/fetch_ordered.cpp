// `anju-gateway fetch-ordered`: the process beside the running gateway that fetches a release for it, so that neither its loop waits nor its memory grows.

#include <iostream>
#include <string>

#include "gateway/app/fetch_release.hpp"
#include "gateway/app/verbs.hpp"
#include "gateway/core/upgrade_order.hpp"
#include "gateway/releases/release_folder.hpp"

namespace anju::gateway {
namespace {

/// Where this fails because of what came, nothing of it is left: the next process begins with the first byte.
base::Result<wire::ReleaseHead> fetch_and_offer(const ReleaseFolder& folder, const FetchOptions& options) {
  const auto address = parse_file_address(options.url);
  if (!address) return base::pass(address);
  if (const auto there = fetch_release(folder, options.url, *address, {{}, options.pin}, options.size); !there) return base::pass(there);
  const auto hash = folder.download_hash();
  if (!hash) return base::pass(hash);
  const bool whole = folder.download_size() == options.size && *hash == options.sha256;
  auto offered = whole ? folder.offer_download(options.order) : base::Result<wire::ReleaseHead>(base::fail(wire::ReleaseErrc::damaged, "it is not the file that was ordered"));
  // What is there will not become right by itself; what could not be written may fit tomorrow.
  if (!offered && !offered.error().is(FolderErrc::not_written) && !offered.error().is(FolderErrc::unreadable)) folder.forget_download();
  return offered;
}

}  // namespace

int fetch_ordered(const FetchOptions& options) {
  const ReleaseFolder folder(options.releases);
  const bool resumed = folder.read_mark().address == options.url && folder.download_size() > 0;
  const auto offered = fetch_and_offer(folder, options);
  if (offered) {
    std::cout << "offered" << std::endl;
    return 0;
  }
  std::cerr << "order " << options.order << ": " << text_of(offered.error()) << "\n";
  // Whose certificate is not accepted is another matter than whose signature.
  std::cout << (offered.error().is(WebErrc::untrusted) ? "server_untrusted" : reason_of_fetch(offered.error().code, resumed)) << std::endl;
  return 1;
}

}  // namespace anju::gateway
