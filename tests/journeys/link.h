// The link between offices, with faults from a seed: envelopes and answers get lost, doubled, late and out of order;
// an office crashes before or after its commit.
#pragma once

#include "tests/fakes/office.h"

namespace tongban::journeys {

/// Per cent of the times.
struct Faults {
  unsigned lost = 0, doubled = 0, late = 0, answer_lost = 0, crash = 0, file_lost = 0;
  static Faults from(fakes::SeededRandom& random);
  static Faults none() { return {}; }
};

class Link {
 public:
  Link(std::vector<fakes::Office*> offices, fakes::SeededRandom& random) : offices_(std::move(offices)), random_(random) {}

  void set_faults(Faults faults) { faults_ = faults; }
  /// One courier of one office tries one waiting letter, or something late arrives.
  void step();
  /// Without faults: everything that is under way or waits arrives. False when it doesn't come to rest.
  bool drain();
  std::size_t faults_played() const { return played_; }

 private:
  struct Late {
    EnvelopeId id;
    fakes::Office* from;
    Bytes bytes;  ///< the envelope, or the answer to it
    bool is_answer;
  };

  bool fault(unsigned percent);
  fakes::Office* office_of(const CentreId& centre) const;
  void send(fakes::Office& from, const usecases::OutboxRow& letter);
  void arrive(fakes::Office& from, const EnvelopeId& id, ByteView envelope);
  void answer(fakes::Office& from, const EnvelopeId& id, ByteView bytes);
  void send_files(const wire::Answer& answer, fakes::Office& from, fakes::Office& to);
  void step_late();

  std::vector<fakes::Office*> offices_;
  fakes::SeededRandom& random_;
  Faults faults_;
  std::vector<Late> late_;
  std::size_t played_ = 0;
};

}  // namespace tongban::journeys
