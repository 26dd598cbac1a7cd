import Testing
@testable import Reactor
import Glibc

@Suite struct PlaceholderTests {
    @Test func works() async throws {
        Thread.startLoop()
        let t = await Task { @EventLoop in
            try? await EventLoop.sleep(milliseconds: 20)
            let v = try! await BlockingPool.run { 42 }
            return (EventLoop.isCurrent, v)
        }.value
        #expect(t == (true, 42))
    }
}
enum Thread {
  static func startLoop() {
    var t = pthread_t()
    pthread_create(&t, nil, { _ in EventLoop.run { try? await EventLoop.sleep(milliseconds: 100000) }; return nil }, nil)
    usleep(10000)
  }
}
