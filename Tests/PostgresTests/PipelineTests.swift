import Testing

@testable import Postgres

@Suite struct PipelineTests {
    typealias Signal = Pipeline<String, Int>.Signal

    /// Sends `items`, lets the server answer with `signals`, and tells what came of each.
    private func steps(
        sending items: [Pipeline<String, Int>.Sent], _ signals: [Signal]
    ) -> [String] {
        var pipeline = Pipeline<String, Int>()
        for item in items { pipeline.send(item) }
        return signals.enumerated().compactMap { index, signal in
            switch pipeline.receive(signal, index) {
            case .nothing: nil
            case .prepared(let number): "prepared \(number)"
            case .notPrepared(let number, let answer): "not prepared \(number): \(answer)"
            case .unprepared(let number): "unprepared \(number)"
            case .answered(let ticket, let answer): "\(ticket) answered: \(answer)"
            case .failed(let ticket, let answer): "\(ticket) failed: \(answer)"
            case .skipped(let ticket): "\(ticket) skipped"
            case .batchEnded: "end"
            case .committed(let ticket): "\(ticket) committed"
            case .undone(let ticket, let answer): "\(ticket) undone: \(answer)"
            case .outOfOrder: "out of order"
            }
        }
    }

    @Test func `answers come in the order in which statements were sent`() {
        let steps = steps(
            sending: [.prepare(3), .sync, .statement("a"), .statement("b"), .sync],
            [.success, .end, .sync, .success, .end, .success, .end, .sync])
        #expect(steps == ["prepared 3", "end", "a answered: 3", "b answered: 5", "end"])
    }

    @Test func `an error skips the rest of its batch and nothing behind it`() {
        let steps = steps(
            sending: [.statement("a"), .statement("b"), .sync, .statement("c"), .sync],
            [.failure, .end, .skipped, .end, .sync, .success, .end, .sync])
        #expect(steps == ["a failed: 0", "b skipped", "end", "c answered: 5", "end"])
    }

    @Test func `a statement that cannot be prepared is told apart from its uses`() {
        let steps = steps(
            sending: [.prepare(1), .sync, .statement("a"), .sync],
            [.failure, .end, .sync, .failure, .end, .sync])
        #expect(steps == ["not prepared 1: 0", "end", "a failed: 3", "end"])
    }

    @Test func `behind a failure nothing is prepared`() {
        let steps = steps(
            sending: [.prepare(1), .prepare(2), .statement("a"), .sync],
            [.failure, .end, .skipped, .end, .skipped, .end, .sync])
        #expect(steps == ["not prepared 1: 0", "unprepared 2", "a skipped", "end"])
    }

    @Test func `what a batch did counts when its end has come, unless that fails`() {
        let steps = steps(
            sending: [.statement("a"), .commit("a"), .statement("b"), .commit("b")],
            [.success, .end, .sync, .success, .end, .failure, .end, .sync])
        #expect(
            steps == [
                "a answered: 0", "a committed", "b answered: 3", "b undone: 5", "b committed",
            ])
    }

    @Test(arguments: [
        [Signal.sync], [.end], [.success, .success], [.success, .sync], [.success, .end, .end],
        [.success, .end, .sync, .sync],
    ])
    func `what cannot come here is out of order`(_ signals: [Signal]) {
        let steps = steps(sending: [.statement("a"), .sync], signals)
        #expect(steps.last == "out of order")
    }

    @Test func `a lost connection is told to everyone who still waits`() {
        var pipeline = Pipeline<String, Int>()
        for item: Pipeline<String, Int>.Sent in [
            .statement("a"), .statement("b"), .sync, .prepare(1), .statement("c"), .sync,
        ] {
            pipeline.send(item)
        }
        _ = pipeline.receive(.success, 1)
        #expect(pipeline.statements == 2)
        pipeline.send(.commit("c"))
        let (waiting, uncommitted) = pipeline.abandon()
        #expect(waiting == ["b", "c"])
        #expect(uncommitted == ["c"])
        #expect(pipeline.isEmpty && pipeline.statements == 0 && pipeline.batches == 0)
    }

    @Test func `a pipeline that is never empty keeps counting`() {
        var pipeline = Pipeline<String, Int>()
        pipeline.send(.statement("0"))
        for round in 1...2_000 {
            pipeline.send(.sync)
            pipeline.send(.statement("\(round)"))
            guard case .answered(let ticket, _) = pipeline.receive(.success, 0) else {
                Issue.record("no answer in round \(round)")
                return
            }
            #expect(ticket == "\(round - 1)")
            _ = pipeline.receive(.end, nil)
            _ = pipeline.receive(.sync, nil)
        }
        #expect(pipeline.statements == 1)
    }
}
