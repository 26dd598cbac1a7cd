package import Reactor

/// What runs beside the workers as a child of the supervisor's process, and lives on with that
/// process when an upgrade replaces its program.
@EventLoop package protocol Companion: AnyObject {
    /// The variables from which the next program takes it over.
    var handoverVariables: [String: String] { get }
    /// Whether its descriptors are closed when the next program begins.
    func setCloseOnExec(_ isOn: Bool)
}
