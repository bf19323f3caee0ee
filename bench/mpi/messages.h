// What ranks of an MPI sweep say to each other. Rank 0 coordinates and writes; the others work.
//   worker -> 0   ready      wants a chunk
//                 claim      the keys of a chunk's runs
//                 record     a finished run
//                 done       the chunk is finished
//   0 -> worker   chunk      to do; without cells: there will be none
//                 decision   which runs of the claimed chunk are to be done
//   both ways     alive      nothing new; sent now and then, so that a rank that died is noticed
// One archive is one message: records are small, and a sweep has far fewer messages than events.
#pragma once

#include <boost/serialization/split_free.hpp>
#include <boost/serialization/string.hpp>
#include <boost/serialization/vector.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "bench/results/run_record.h"
#include "bench/sweep_runner/schedule.h"

namespace wukong::mpi {

enum MessageTag : int { kReady, kClaim, kRecord, kDone, kAlive, kChunk, kDecision };

constexpr auto kAlivePause = std::chrono::milliseconds(500);

// Of a chunk without cells: a rank has died, so MPI cannot be shut down in good order.
constexpr size_t kSomeoneDied = 1;

struct RecordMessage {
  results::Cell cell;
  results::RunRecord record;
};

}  // namespace wukong::mpi

namespace boost::serialization {

template <class Archive>
void serialize(Archive& archive, wukong::results::Cell& cell, unsigned) {
  archive & cell.point & cell.system & cell.replicate;
}

template <class Archive>
void serialize(Archive& archive, wukong::sweep_runner::Chunk& chunk, unsigned) {
  archive & chunk.point & chunk.cells;
}

template <class Archive>
void serialize(Archive& archive, wukong::results::ParameterSection& section, unsigned) {
  archive & section.hash & section.document;
}

// The sections by value: they are shared only within a process.
template <class Archive>
void save(Archive& archive, const wukong::mpi::RecordMessage& message, unsigned) {
  std::vector<wukong::results::ParameterSection> sections;
  for (const auto& section : message.record.sections) sections.push_back(*section);
  const wukong::results::RunRecord& record = message.record;
  archive << message.cell << record.key << record.program << sections << record.seed
          << record.status << record.failure << record.trace_hash << record.metrics
          << record.watched << record.warnings;
}

template <class Archive>
void load(Archive& archive, wukong::mpi::RecordMessage& message, unsigned) {
  std::vector<wukong::results::ParameterSection> sections;
  wukong::results::RunRecord& record = message.record;
  archive >> message.cell >> record.key >> record.program >> sections >> record.seed >>
      record.status >> record.failure >> record.trace_hash >> record.metrics >> record.watched >>
      record.warnings;
  for (auto& section : sections)
    record.sections.push_back(
        std::make_shared<const wukong::results::ParameterSection>(std::move(section)));
}

template <class Archive>
void serialize(Archive& archive, wukong::mpi::RecordMessage& message, unsigned version) {
  split_free(archive, message, version);
}

}  // namespace boost::serialization
