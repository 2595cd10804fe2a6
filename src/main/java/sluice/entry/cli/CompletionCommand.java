package sluice.entry.cli;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code completion}: prints a script that completes commands and options in a shell. */
final class CompletionCommand {

    private final Arguments arguments;
    private final PrintStream out;

    CompletionCommand(Arguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    int run() throws UsageException {
        String shell = arguments.operand("the shell's name");
        out.print(
                switch (shell) {
                    case "bash" -> bash();
                    case "zsh" -> "autoload -U +X bashcompinit && bashcompinit\n" + bash();
                    case "fish" -> fish();
                    default -> throw new UsageException("unknown shell: '" + shell + "'; known are bash, fish, zsh");
                });
        return Main.GOOD;
    }

    private static String bash() {
        String cases = Arrays.stream(Command.values())
                .map(command -> "    %s) words='%s' ;;\n".formatted(command.word(), String.join(" ", options(command))))
                .collect(Collectors.joining());
        return """
                _sluice() {
                  local word=${COMP_WORDS[COMP_CWORD]} words=''
                  COMPREPLY=()
                  if [ "$COMP_CWORD" -eq 1 ]; then
                    COMPREPLY=($(compgen -W '%s' -- "$word"))
                    return
                  fi
                  case ${COMP_WORDS[1]} in
                %s  esac
                  case $word in
                    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
                    *) COMPREPLY=($(compgen -f -- "$word")) ;;
                  esac
                }
                complete -o filenames -F _sluice sluice
                """
                .formatted(words(), cases);
    }

    private static String fish() {
        StringBuilder script = new StringBuilder();
        script.append("complete -c sluice -n __fish_use_subcommand -f -a '")
                .append(words())
                .append("'\n");
        for (Command command : Command.values()) {
            for (String option : options(command)) {
                script.append("complete -c sluice -n '__fish_seen_subcommand_from ")
                        .append(command.word())
                        .append("' -l ")
                        .append(option.substring(2))
                        .append(command.options().contains(option) ? " -r" : "")
                        .append('\n');
            }
        }
        return script.toString();
    }

    private static String words() {
        return Arrays.stream(Command.values()).map(Command::word).sorted().collect(Collectors.joining(" "));
    }

    private static Set<String> options(Command command) {
        Set<String> all = new TreeSet<>(command.options());
        all.addAll(command.flags());
        all.add("--help");
        return all;
    }
}
