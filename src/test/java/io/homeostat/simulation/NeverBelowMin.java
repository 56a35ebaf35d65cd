package io.homeostat.simulation;

import io.homeostat.action.Action;
import io.homeostat.fact.Service;
import java.util.ArrayList;
import java.util.List;

/// Nothing of ours leaves a service with fewer replicas than its label allows, nor by itself with
/// more.
final class NeverBelowMin implements Invariant {
    @Override
    public List<String> broken(World world, Moment moment) {
        List<String> faults = new ArrayList<>();
        for (Arrival arrival : moment.arrivals()) {
            Service service = world.services().get(arrival.action().subject().name());
            if (service != null && arrival.action() instanceof Action.ScaleService scale) {
                int min = label(service, "homeostat.scale.min", 1);
                int max = label(service, "homeostat.scale.max", Integer.MAX_VALUE);
                if (scale.isUp() ? scale.to() > max : scale.to() < min) {
                    faults.add("%s, and its bounds are %d..%d".formatted(scale.text(), min, max));
                }
            }
        }
        return faults;
    }

    private static int label(Service service, String label, int otherwise) {
        String text = service.labels().get(label);
        return text == null ? otherwise : Integer.parseInt(text);
    }
}
