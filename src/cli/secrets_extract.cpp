#include "cli/secrets_extract.hpp"

#include "base/failure.hpp"
#include "base/strings.hpp"
#include "cli/output_file.hpp"
#include "cli/streams.hpp"
#include "convert/convert.hpp"
#include "convert/places.hpp"
#include "convert/rewrite.hpp"
#include "decisions/plain_secrets.hpp"
#include "decisions/registry.hpp"
#include "rules/catalogue.hpp"
#include "rules/umbrella.hpp"
#include "upgrade/changes.hpp"
#include "values/yaml_reader.hpp"

#include <fmt/format.h>
#include <map>

namespace cli {
namespace {

using decisions::Extraction;

// A shorter password stands in many a line by chance.
constexpr std::size_t k_telling = 6;

struct File {
  std::string path;
  text::Source source;
  Extraction extraction;
  std::string text;
};

void require_places(const ExtractWords& words) {
  if (words.files.empty()) {
    throw base::Failure("--extract needs values files: -f FILE");
  }
  if (words.in_place == !words.output.empty() && !words.dry_run) {
    throw base::Failure("say where the values go: --in-place, or -o FILE for one file");
  }
  if (!words.output.empty() && words.files.size() > 1) {
    throw base::Failure("-o takes one file, and there are several", "Give --in-place.");
  }
  for (const std::string& path : words.files) {
    if (!words.dry_run) {
      require_replaceable(words.in_place ? path : words.output);
    }
  }
}

bool is_of_8_7(const values::Value& values, const std::string& under) {
  return !rules::translate_under(rules::catalogue_8_7_to_8_8(), decisions::all(), {}, under, values)
              .already_new;
}

File read(const std::string& path, const ExtractWords& words) {
  File file{path, text::Source(path, read_input(path)), {}, {}};
  convert::require_plain_values(file.source);
  if (convert::is_container(values::read_stream(file.source))) {
    throw base::Failure(path + " is a manifest, and this takes values files");
  }
  const values::Value before = values::read_yaml(file.source, {0, nullptr});
  const values::Path under = words.under.empty() ? values::Path() : values::Path().key(words.under);
  file.extraction =
      decisions::extract_secrets(before, under, is_of_8_7(before, words.under), words.secret);
  file.text =
      file.extraction.taken.empty()
          ? file.source.bytes()
          : convert::rewrite(file.source, before, file.extraction.values, file.extraction.fates)
                .text;
  return file;
}

// Two files may say the same; what they disagree on cannot stand under one key.
std::map<std::string, std::string> all_data(const std::vector<File>& files) {
  std::map<std::string, std::string> data;
  for (const File& file : files) {
    for (const auto& [key, text] : file.extraction.data) {
      const auto [there, fresh] = data.emplace(key, text);
      if (!fresh && there->second != text) {
        throw base::Failure(
            fmt::format("{} says something else for {} than a file before it", file.path, key),
            "Extract the files one by one, with a --name each.");
      }
    }
  }
  return data;
}

void tell(const File& file, const ExtractWords& words) {
  for (const Extraction::Taken& one : file.extraction.taken) {
    write_stdout(fmt::format("{}: {} of {} to key {} of Secret {}\n",
                             words.dry_run ? "would be taken" : "taken", one.path.text(), file.path,
                             one.key, words.secret));
  }
  for (const Extraction::Left& one : file.extraction.left) {
    write_stdout(fmt::format("left: {} of {}: {}\n", one.path.text(), file.path, one.reason));
  }
  std::size_t number = 0;
  for (const std::string_view line : base::split_lines(file.text)) {
    ++number;
    for (const auto& [key, text] : file.extraction.data) {
      if (text.size() >= k_telling && base::contains(line, text)) {
        write_stdout(fmt::format("still there: the text of {} stands in line {} of {}\n", key,
                                 number, words.output.empty() ? file.path : words.output));
      }
    }
  }
}

}  // namespace

void extract_secrets(const ExtractWords& given, const kube::Client& client) {
  ExtractWords words = given;
  words.secret = words.secret.empty() ? words.release + "-passwords" : words.secret;
  require_places(words);
  std::vector<File> files;
  for (const std::string& path : words.files) {
    files.push_back(read(path, words));
  }
  const std::map<std::string, std::string> data = all_data(files);
  if (!words.dry_run) {
    if (!data.empty()) {
      upgrade::store_secret(client, words.secret, data, words.release);
    }
    for (const File& file : files) {
      if (!words.in_place) {
        replace_file(words.output, file.text);
      } else if (file.text != file.source.bytes()) {
        replace_file(file.path, file.text);
      }
    }
  }
  for (const File& file : files) {
    tell(file, words);
  }
  if (data.empty()) {
    write_stdout("no password stands in these files that could be taken out\n");
  }
}

}  // namespace cli
