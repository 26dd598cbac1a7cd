import Testing

@testable import Serving

@Suite struct HandoverTests {
    private let handover = Handover(
        board: 7, rates: 8,
        listeners: [
            .init(descriptor: 9, requested: "127.0.0.1:0", actual: "127.0.0.1:40123"),
            .init(descriptor: 10, requested: "unix:/run/a b.sock", actual: "unix:/run/a b.sock"),
        ],
        workers: [.init(process: 4711, slot: 2, channel: 12)])

    @Test func `what is handed over is read back`() {
        #expect(Handover(handover.text) == handover)
        #expect(handover.descriptors == [7, 8, 9, 10, 12])
    }

    @Test func `a program of before hands over no rates`() {
        #expect(Handover("board\t7")?.rates == -1)
    }

    @Test(arguments: [
        "", "board", "board\tx", "socket\t3\ta\tb", "board\t1\nworker\t1\t2",
        "board\t1\nsocket\t2\tonly", "board\t1\nlid\t2",
    ])
    func `what cannot be understood is no handover`(text: String) {
        #expect(Handover(text) == nil)
    }
}

@Suite struct ControlMessageTests {
    @Test(arguments: [
        ControlMessage.ready, .stopping, .drain(milliseconds: 0), .drain(milliseconds: 30_000),
    ])
    func `a message is read back from its line`(message: ControlMessage) {
        #expect(ControlMessage(message.line.dropLast()) == message)
    }

    @Test(arguments: ["", "read", "ready now", "drain", "drain soon", "drain -1", "drain 1 2"])
    func `other lines are no message`(line: String) {
        #expect(ControlMessage(Substring(line)) == nil)
    }
}
